/** What the PBX answers in every benchmark. */
export const callPark = {
  enabled: true,
  extension_number: "666",
  recall_to: "RING_GROUP_ONLY",
  recall_time: 300,
  recall_ring_group_time: 60,
  ring_group_id: "NzAw",
  prompt_file_name: "hold.wav",
  prompt_file_size: 44,
  prompt_file_url: "/api/blobs/abc",
  send_notification_to_parker: true,
};

export const token = "5d41402abc4b2a76b9719d911017c592";
