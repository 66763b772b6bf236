// Made from spec/openapi.yaml. Do not edit: change the spec, then `npm run generate`.

export interface paths {
    "/call_park": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the call park server
         * @description Answers with the call park settings of the tenant that the token belongs to. Settings that are blank are present and null.
         */
        get: operations["showCallParkServer"];
        put?: never;
        /**
         * Update the call park server
         * @description Changes the call park settings of the tenant that the token belongs to. No field is required. Whether a field left out keeps its value or returns to its default is not documented: send every field that matters.
         */
        post: operations["updateCallParkServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description The number that users dial to reach the call park server, 3 to 64 digits. It must not be the number of an extension, ring group, queue or other service of the tenant. Null where none is set.
         * @default 666
         * @example 666
         */
        CallParkExtensionNumber: string | null;
        /**
         * Format: int32
         * @description How long a call may stay parked before it is recalled, in seconds.
         * @default 300
         * @example 300
         */
        RecallTime: number;
        /**
         * Format: int32
         * @description How long a recalled user may leave the call unanswered before it goes to the ring group, in seconds. The vendor's text gives 90 as the maximum; its machine-readable schema gives 900, and its default of 300 agrees with that, so 900 is the contract here.
         * @default 300
         * @example 300
         */
        RecallRingGroupTime: number;
        /**
         * @description Whether the user who parks a call to a group is notified as well.
         * @example false
         */
        SendNotificationToParker: boolean;
        /**
         * Recall to the user
         * @description A parked call that nobody picks up goes back to the user who parked it.
         */
        RecallToUser: {
            /**
             * @description Where a call goes that is not picked up in time. `USER_ONLY` recalls the user who parked it, again every 10 seconds after a further recall time.
             * @example USER_ONLY
             * @enum {string}
             */
            recall_to: "USER_ONLY";
            /**
             * @description The ring group that was chosen. It means nothing in this mode and is null where none is set.
             * @example null
             */
            ring_group_id: string | null;
        };
        /**
         * @description The id of a resource. It is opaque: take it from an answer, never build it or take it apart.
         * @example NzAwNTUxOTA5NzczMTQ4MTYw
         */
        ResourceId: string;
        /**
         * Recall to a ring group
         * @description A parked call that nobody picks up goes to a ring group, at once or after the user who parked it.
         */
        RecallToRingGroup: {
            /**
             * @description Where a call goes that is not picked up in time. `USER_FIRST_THEN_RING_GROUP` recalls the user who parked it and, not answered within `recall_ring_group_time`, goes to the ring group. `RING_GROUP_ONLY` goes to the ring group at once. Neither is reverted again.
             * @example RING_GROUP_ONLY
             * @enum {string}
             */
            recall_to: "USER_FIRST_THEN_RING_GROUP" | "RING_GROUP_ONLY";
            /** @description The ring group that takes the recalled call. */
            ring_group_id: components["schemas"]["ResourceId"];
        };
        /**
         * Call park server
         * @description The call park settings of a tenant, as the PBX answers with them. Every field is present; what is blank is null. Further fields may appear.
         */
        CallPark: {
            /**
             * @description Whether calls can be parked.
             * @example true
             */
            enabled: boolean;
            extension_number: components["schemas"]["CallParkExtensionNumber"];
            recall_time: components["schemas"]["RecallTime"];
            recall_ring_group_time: components["schemas"]["RecallRingGroupTime"];
            /**
             * @description The name of the prompt that a parked caller hears. Null where there is none.
             * @example hold-the-line.wav
             */
            readonly prompt_file_name: string | null;
            /**
             * Format: int64
             * @description The size of the prompt, in bytes. Null or 0 where there is none.
             * @example 64044
             */
            readonly prompt_file_size: number | null;
            /**
             * @description Where the prompt can be downloaded: a path from the PBX's origin, which already begins with `/api`. Null where there is none.
             * @example /api/blobs/WexWdABcd5D4PDgzTKV3gAAAEu00WcK
             */
            readonly prompt_file_url: string | null;
            send_notification_to_parker: components["schemas"]["SendNotificationToParker"];
        } & (components["schemas"]["RecallToUser"] | components["schemas"]["RecallToRingGroup"]);
        /** @description One reason why the PBX refused a request. */
        PbxError: {
            /**
             * @description What kind of error it is. `UNKNOWN`, `VALIDATE_FAILED` and `UNAUTHORIZED` are documented; treat a code that you do not know as `UNKNOWN`.
             * @example VALIDATE_FAILED
             */
            code: string;
            /**
             * @description The reason, for people.
             * @example recall_time must be between 60 and 900
             */
            message: string;
            /**
             * @description More about the error, any JSON value.
             * @example {
             *       "field": "recall_time"
             *     }
             */
            detail?: unknown;
        };
        /** @description What the PBX answers with when it refuses a request. */
        PbxErrors: {
            /** @description The reasons, one or more. */
            errors: components["schemas"]["PbxError"][];
        };
        /**
         * Call park server update
         * @description The call park settings to change. No field is required, but a mode that recalls to a ring group needs its ring group.
         */
        CallParkUpdate: {
            /**
             * @description Whether calls can be parked.
             * @example true
             */
            enabled?: boolean;
            extension_number?: components["schemas"]["CallParkExtensionNumber"];
            recall_time?: components["schemas"]["RecallTime"];
            recall_ring_group_time?: components["schemas"]["RecallRingGroupTime"];
            /**
             * @description The id of an uploaded WAV file (PCM, 16 bit, mono, 16, 32 or 48 kHz) that parked callers hear. Null for no prompt.
             * @example NzAwNTUxOTA5NzczMTQ4MTYw
             */
            prompt_file_id?: string | null;
            send_notification_to_parker?: components["schemas"]["SendNotificationToParker"];
        } & ({
            /**
             * @description Where a call goes that is not picked up in time: back to the user who parked it.
             * @example USER_ONLY
             * @enum {string}
             */
            recall_to?: "USER_ONLY";
            /**
             * @description The ring group to keep. It means nothing in this mode.
             * @example null
             */
            ring_group_id?: string | null;
        } | components["schemas"]["RecallToRingGroup"]);
    };
    responses: {
        /** @description The access token is missing, wrong or has ended. Sign in or refresh it. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The token is good, but its user may not do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description Too many requests from this IP address: by default 5,000 a minute (1,000 before 16.2). Wait before the next one. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description Refused for another reason. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The body is not what it must be, or a field breaks its rule. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The body was read, but a field breaks its rule. Some PBXs answer 422 where others answer 400. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description How long to wait before the next request, in seconds or as an HTTP date.
         * @example 30
         */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    showCallParkServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The call park settings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPark"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    updateCallParkServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallParkUpdate"];
            };
        };
        responses: {
            /** @description Updated. The answer has no content. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
}
