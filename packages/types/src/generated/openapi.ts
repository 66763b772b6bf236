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
    "/call_park_groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the call park groups
         * @description Answers with one page of the tenant's call park groups.
         */
        get: operations["listCallParkGroups"];
        put?: never;
        /**
         * Create a call park group
         * @description Adds a group without members to the tenant. Its name must be new in the tenant.
         */
        post: operations["createCallParkGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call_park_groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
            };
            cookie?: never;
        };
        /**
         * Show a call park group
         * @description Answers with one call park group of the tenant.
         */
        get: operations["showCallParkGroup"];
        put?: never;
        /**
         * Update a call park group
         * @description Changes the name and the recall of a group. Both are sent, whether they change or not.
         */
        post: operations["updateCallParkGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call_park_groups/{id}/destroy": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete a call park group
         * @description Deletes a group of the tenant.
         */
        post: operations["deleteCallParkGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call_park_groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
            };
            cookie?: never;
        };
        /**
         * List the members of a call park group
         * @description Answers with all members of a group at once. There are no pages.
         */
        get: operations["listCallParkGroupMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call_park_groups/{id}/members/{extension_number}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
                /**
                 * @description The extension number of the user.
                 * @example 1001
                 */
                extension_number: components["parameters"]["MemberExtensionNumber"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a member to a call park group
         * @description Makes a user of the tenant a member of the group. A user is in at most one group.
         */
        post: operations["createCallParkGroupMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call_park_groups/{id}/members/{extension_number}/destroy": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
                /**
                 * @description The extension number of the user.
                 * @example 1001
                 */
                extension_number: components["parameters"]["MemberExtensionNumber"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a member from a call park group
         * @description Takes a user out of the group.
         */
        post: operations["deleteCallParkGroupMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ring_groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ring groups
         * @description Answers with one page of the tenant's ring groups: those that a parked call can be recalled to.
         */
        get: operations["listRingGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ring_groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the ring group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYw
                 */
                id: components["parameters"]["RingGroupId"];
            };
            cookie?: never;
        };
        /**
         * Show a ring group
         * @description Answers with one ring group of the tenant.
         */
        get: operations["showRingGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/extension_numbers/{extension_number}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number to look up.
                 * @example 6000
                 */
                extension_number: components["parameters"]["ExtensionNumber"];
            };
            cookie?: never;
        };
        /**
         * Show who has a number
         * @description Answers with what has a number in the tenant, or with 404 where the number is free.
         */
        get: operations["getExtensionNumber"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blobs/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an upload
         * @description Opens an upload that can be resumed. Send the file with `append`, close it with `complete`.
         */
        post: operations["initBlobUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blobs/uploads/{id}/append": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The token of the upload, from the header of the same name.
                 * @example Qm5vdCBhIHJlYWwgdG9rZW4
                 */
                "PortSIP-Upload-Token": components["parameters"]["UploadToken"];
            };
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Append to an upload
         * @description Sends the next part of the file. The documented answer is 203. Use the upload token of the newest answer for the next request.
         */
        post: operations["appendBlobUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blobs/uploads/{id}/complete": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The token of the upload, from the header of the same name.
                 * @example Qm5vdCBhIHJlYWwgdG9rZW4
                 */
                "PortSIP-Upload-Token": components["parameters"]["UploadToken"];
            };
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete an upload
         * @description Closes an upload and answers with the id of the file, which call park takes as `prompt_file_id`. The last bytes may come with it.
         */
        post: operations["completeBlobUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blobs/uploads/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        /**
         * Show how far an upload is
         * @description Answers with the state of an upload in headers alone.
         */
        get: operations["getBlobUploadStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blobs/uploads/{id}/destroy": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an upload up
         * @description Ends an upload that is not complete and drops what has arrived.
         */
        post: operations["deleteBlobUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blobs/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which file: the last part of `prompt_file_url`. It is opaque, and no digest that can be computed.
                 * @example WexWdABcd5D4PDgzTKV3gAAAEu00WcK
                 */
                digest: components["parameters"]["BlobDigest"];
            };
            cookie?: never;
        };
        /**
         * Download a file
         * @description Answers with a file, such as the prompt whose path is `prompt_file_url`. No token is needed.
         */
        get: operations["downloadBlobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign_in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Gives a token for a user's name and password. A user with two-factor authentication gets a challenge instead; how to answer it is not part of this document. No token is needed.
         */
        post: operations["signInWithCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the token
         * @description Gives a new access token for a refresh token. Call it before the access token ends. No access token is needed.
         */
        post: operations["refreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign_out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session that the token belongs to.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in or refresh the token
         * @description The sign-in of PBXs before 22.2, in the form that OAuth 2.0 gives it: by a user's name and password, or by a refresh token. No access token is needed.
         */
        post: operations["requestToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the tenant of the token
         * @description Answers with the tenant whose settings the token can change.
         */
        get: operations["showCurrentConfigurations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tenants
         * @description Answers with one page of the PBX's tenants. Only for the system administrator.
         */
        get: operations["listTenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch to a tenant
         * @description Moves the session of the system administrator into a tenant. The token stays the same; from now on it acts for that tenant.
         */
        post: operations["switchTenants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what the PBX is
         * @description Answers with the names and addresses of the PBX. It shows that the PBX can be reached. No token is needed.
         */
        get: operations["retrieveMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the status of the system
         * @description Answers with the version of the PBX and how it is. Only for the system administrator.
         */
        get: operations["retrieveCurrentSystemStatus"];
        put?: never;
        post?: never;
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
            send_notification_to_parker?: components["schemas"]["SendNotificationToParker"];
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
             * @example NzAwNTUxOTA5NzczMTQ4MTYy
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
        /**
         * Format: int32
         * @description How many there are in all, on this page and on the others.
         * @example 2
         */
        Count: number;
        /**
         * @description The name of the group. No other group of the tenant has it.
         * @example Warehouse
         */
        CallParkGroupName: string;
        /**
         * Call park group
         * @description A call park group, as the PBX answers with it. Every field is present; what is blank is null. Further fields may appear.
         */
        CallParkGroup: {
            id: components["schemas"]["ResourceId"];
            name: components["schemas"]["CallParkGroupName"];
        } & (components["schemas"]["RecallToUser"] | components["schemas"]["RecallToRingGroup"]);
        /**
         * Page of call park groups
         * @description One page of the tenant's call park groups. Further fields may appear.
         */
        CallParkGroupList: {
            count: components["schemas"]["Count"];
            /** @description The groups of this page. */
            items: components["schemas"]["CallParkGroup"][];
        };
        /**
         * Recall to the user, to write
         * @description A parked call that nobody picks up is to go back to the user who parked it.
         */
        RecallToUserWrite: {
            /**
             * @description Where a call goes that is not picked up in time: back to the user who parked it.
             * @example USER_ONLY
             * @enum {string}
             */
            recall_to: "USER_ONLY";
            /**
             * @description The ring group to keep. It means nothing in this mode.
             * @example null
             */
            ring_group_id?: string | null;
        };
        /**
         * Call park group to write
         * @description What a call park group is to be. A mode that recalls to a ring group needs its ring group.
         */
        CallParkGroupWrite: {
            name: components["schemas"]["CallParkGroupName"];
        } & (components["schemas"]["RecallToUserWrite"] | components["schemas"]["RecallToRingGroup"]);
        /**
         * Created resource
         * @description What was created. Further fields may appear.
         */
        CreatedResource: {
            id: components["schemas"]["ResourceId"];
        };
        /**
         * @description A number that users of the tenant dial, 3 to 64 digits.
         * @example 1001
         */
        DialableNumber: string;
        /**
         * Member of a call park group
         * @description A user who is in a call park group. Further fields may appear.
         */
        CallParkGroupMember: {
            id: components["schemas"]["ResourceId"];
            /**
             * @description The name of the user in the PBX.
             * @example ada
             */
            name: string;
            /**
             * @description The user's name, for people. Null where none is set.
             * @example Ada Byron
             */
            display_name: string | null;
            extension_number: components["schemas"]["DialableNumber"];
        };
        /**
         * Members of a call park group
         * @description All members of a call park group. Further fields may appear.
         */
        CallParkGroupMemberList: {
            /** @description The members. Each is of the same tenant as the group, and in no other group. */
            items: components["schemas"]["CallParkGroupMember"][];
        };
        /**
         * Ring group
         * @description A ring group of the tenant. Further fields appear.
         */
        RingGroup: {
            id: components["schemas"]["ResourceId"];
            /**
             * @description The name of the ring group.
             * @example Reception
             */
            name: string;
            extension_number: components["schemas"]["DialableNumber"];
        };
        /**
         * Page of ring groups
         * @description One page of the tenant's ring groups. Further fields may appear.
         */
        RingGroupList: {
            count: components["schemas"]["Count"];
            /** @description The ring groups of this page. */
            items: components["schemas"]["RingGroup"][];
        };
        /**
         * Number that is taken
         * @description What has a number of the tenant. Further fields may appear.
         */
        ExtensionNumber: {
            id: components["schemas"]["ResourceId"];
            extension_number: components["schemas"]["DialableNumber"];
            /**
             * @description The name of what has the number. Null where it has none.
             * @example Reception
             */
            name: string | null;
            /**
             * @description What kind of thing has the number.
             * @example RING_GROUP
             * @enum {string}
             */
            type: "EXTENSION" | "RING_GROUP" | "CALL_QUEUE" | "CONFERENCE_ROOM" | "VIRTUAL_RECEPTIONIST";
        };
        /**
         * File content
         * @description The bytes of a file, or a part of them.
         */
        FileContent: unknown;
        /**
         * @description The name that the user signs in with.
         * @example ada
         */
        UserName: string;
        /**
         * Format: password
         * @description The user's password.
         * @example correct horse battery staple
         */
        Password: string;
        /**
         * @description The SIP domain of the user's tenant. The system administrator, who belongs to no tenant, leaves it out.
         * @example northwind.example.net
         */
        SignInDomain: string;
        /**
         * Sign-in
         * @description A user's name and password.
         */
        SignIn: {
            username: components["schemas"]["UserName"];
            password: components["schemas"]["Password"];
            domain?: components["schemas"]["SignInDomain"];
        };
        /**
         * Format: password
         * @description The access token, for the header `Authorization`, after `Bearer` and a space.
         * @example PeZbkCcZ3Yh1DnXZ7xSxvA
         */
        AccessTokenText: string;
        /**
         * Format: password
         * @description The token that a new access token is asked for with.
         * @example VTo0LyS0mJ3bUaQ9Rk2pWg
         */
        RefreshTokenText: string;
        /**
         * Token
         * @description An access token and what goes with it. Further fields may appear.
         */
        Token: {
            /**
             * @description Whether a second factor is asked for. Left out or false beside a token.
             * @example false
             * @enum {boolean}
             */
            two_factor_enabled?: false;
            /**
             * @description How the access token is sent.
             * @example Bearer
             */
            token_type: string;
            access_token: components["schemas"]["AccessTokenText"];
            refresh_token: components["schemas"]["RefreshTokenText"];
            /**
             * Format: int32
             * @description How long the access token is good for, in seconds from now.
             * @example 1800
             */
            expires_in: number;
        };
        /**
         * Two-factor challenge
         * @description The name and password are right, and a second factor is asked for. Further fields may appear.
         */
        TwoFactorChallenge: {
            /**
             * @description Whether a second factor is asked for. True beside a challenge.
             * @example true
             * @enum {boolean}
             */
            two_factor_enabled: true;
            /**
             * Format: password
             * @description The token that goes with the second factor. It is not an access token.
             * @example Xr1mW2cQh8uJ0oT5bN7kLg
             */
            token: string;
        };
        /**
         * Session
         * @description A token, or a challenge to a second factor before there is one.
         */
        Session: components["schemas"]["Token"] | components["schemas"]["TwoFactorChallenge"];
        /**
         * Refresh token
         * @description What a new access token is asked for with.
         */
        RefreshToken: {
            refresh_token: components["schemas"]["RefreshTokenText"];
        };
        /**
         * By password
         * @description Asks for a token with a user's name and password.
         */
        PasswordGrant: {
            /**
             * @description What the token is asked for with, a password.
             * @example password
             * @enum {string}
             */
            grant_type: "password";
            username: components["schemas"]["UserName"];
            password: components["schemas"]["Password"];
            domain?: components["schemas"]["SignInDomain"];
        };
        /**
         * By refresh token
         * @description Asks for a new token with a refresh token.
         */
        RefreshTokenGrant: {
            /**
             * @description What the token is asked for with, a refresh token.
             * @example refresh_token
             * @enum {string}
             */
            grant_type: "refresh_token";
            refresh_token: components["schemas"]["RefreshTokenText"];
        };
        /**
         * Token request
         * @description The form that PBXs before 22.2 take for a token.
         */
        TokenRequest: {
            /**
             * @description What the token is good for. The PBX documents one value.
             * @example all
             * @enum {string}
             */
            scope: "all";
            /**
             * @description The id of the client. The PBX documents one for everybody; it is no secret.
             * @example 9d806019-75b2-4b3d-bb8b-f5a3a412cc0a
             * @enum {string}
             */
            client_id: "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a";
        } & (components["schemas"]["PasswordGrant"] | components["schemas"]["RefreshTokenGrant"]);
        /**
         * @description The name of the tenant.
         * @example Northwind
         */
        TenantName: string;
        /**
         * @description The SIP domain of the tenant.
         * @example northwind.example.net
         */
        TenantDomain: string;
        /**
         * Tenant
         * @description The tenant that a token acts for. Every field is present; what is blank is null. Further fields appear.
         */
        Tenant: {
            id: components["schemas"]["ResourceId"];
            name: components["schemas"]["TenantName"];
            domain: components["schemas"]["TenantDomain"];
            /**
             * @description The website of the tenant.
             * @example https://www.northwind.example.net
             */
            website: string | null;
            /**
             * @description The time zone of the tenant.
             * @example Europe/Berlin
             */
            timezone: string | null;
            /**
             * @description The currency of the tenant.
             * @example EUR
             */
            currency: string | null;
            /**
             * @description The region of the tenant.
             * @example DE
             */
            region: string | null;
        };
        /**
         * Tenant in a list
         * @description A tenant of the PBX. Further fields appear.
         */
        TenantListItem: {
            id: components["schemas"]["ResourceId"];
            name: components["schemas"]["TenantName"];
            domain: components["schemas"]["TenantDomain"];
            /**
             * @description Whether the tenant can be used.
             * @example true
             */
            enabled: boolean;
        };
        /**
         * Page of tenants
         * @description One page of the PBX's tenants. Further fields may appear.
         */
        TenantList: {
            count: components["schemas"]["Count"];
            /** @description The tenants of this page. */
            items: components["schemas"]["TenantListItem"][];
        };
        /**
         * PBX
         * @description The names and addresses of a PBX. Every field is present; what is blank is null. Further fields may appear.
         */
        PbxInfo: {
            /**
             * @description The name under which browsers reach the PBX.
             * @example pbx.example.net
             */
            web_domain: string | null;
            /**
             * @description The PBX's IPv4 address in its own network.
             * @example 192.0.2.10
             */
            private_ipv4: string | null;
            /**
             * @description The PBX's IPv4 address on the internet.
             * @example 203.0.113.10
             */
            public_ipv4: string | null;
            /**
             * @description Whether the PBX uses IPv6.
             * @example false
             */
            enable_ipv6: boolean;
            /**
             * @description The PBX's IPv6 address in its own network.
             * @example null
             */
            private_ipv6: string | null;
            /**
             * @description The PBX's IPv6 address on the internet.
             * @example 2001:db8::10
             */
            public_ipv6: string | null;
            /**
             * @description The name server that the PBX asks first.
             * @example 192.0.2.53
             */
            primary_dns_server: string | null;
            /**
             * @description The name server that the PBX asks next.
             * @example null
             */
            secondary_dns_server: string | null;
            /**
             * @description The name that the PBX or tenant shows.
             * @example Northwind
             */
            name: string | null;
            /**
             * @description The SIP domain of the tenant that was asked for.
             * @example northwind.example.net
             */
            domain: string | null;
            /**
             * @description The website of the tenant.
             * @example https://www.northwind.example.net
             */
            website: string | null;
            /**
             * @description Where the picture of the tenant is.
             * @example null
             */
            avatar_url: string | null;
            /**
             * @description Whether the integration of Microsoft 365 is on.
             * @example false
             */
            enable_ms365_integration: boolean;
            /**
             * @description Where users sign in with Microsoft 365.
             * @example null
             */
            ms365_authorization_endpoint: string | null;
        };
        /**
         * System status
         * @description How the PBX is. Further fields appear.
         */
        SystemStatus: {
            /**
             * @description The version of the PBX, in plain words.
             * @example 22.6.0
             */
            version: string;
        };
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
        /** @description The body was read, but a field breaks its rule. A PBX may answer 422 where it is expected to answer 400. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description A parameter breaks its rule. */
        BadQuery: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The group is not what it must be, or its name is taken. */
        BadGroup: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The body was read, but a field breaks its rule. A PBX may answer 422 where it is expected to answer 400. */
        UnprocessableGroup: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description There is nothing with this id, or nothing that this token may see. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The user cannot become a member. */
        BadMember: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The number is not 3 to 64 digits. */
        BadNumber: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description Nothing in the tenant has the number. This is how a free number looks. */
        NumberIsFree: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The upload is not what it must be. */
        BadUpload: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description There is no such upload, or it is complete or given up. */
        UploadNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description There is no such file. */
        FileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The body is not what it must be. */
        BadSignIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The name, the password or the domain is wrong. */
        SignInRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The body was read, but a field breaks its rule. A PBX may answer 422 where it is expected to answer 400. */
        UnprocessableSignIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The body is not what it must be. */
        BadRefresh: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The refresh token is wrong or has ended. Sign in again. */
        RefreshRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The form is not what it must be, or the name, the password, the domain or the refresh token is wrong. */
        TokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
        /** @description The id of the tenant is missing or not an id. */
        BadSwitch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PbxErrors"];
            };
        };
    };
    parameters: {
        /**
         * @description Which items to list, as an expression over their fields. How it is written is not part of this document.
         * @example name eq 'Warehouse'
         */
        Filter: string;
        /**
         * @description The text to search the items for.
         * @example ware
         */
        Search: string;
        /**
         * @description The field to sort by. How it is written is not part of this document.
         * @example name
         */
        OrderBy: string;
        /**
         * @description How many items to leave out before the first one listed.
         * @example 0
         */
        Skip: number;
        /**
         * @description How many items to list at most.
         * @example 100
         */
        Top: number;
        /**
         * @description The id of the call park group.
         * @example NzAwNTUxOTA5NzczMTQ4MTYz
         */
        CallParkGroupId: components["schemas"]["ResourceId"];
        /**
         * @description The extension number of the user.
         * @example 1001
         */
        MemberExtensionNumber: components["schemas"]["DialableNumber"];
        /**
         * @description The id of the ring group.
         * @example NzAwNTUxOTA5NzczMTQ4MTYw
         */
        RingGroupId: components["schemas"]["ResourceId"];
        /**
         * @description The number to look up.
         * @example 6000
         */
        ExtensionNumber: components["schemas"]["DialableNumber"];
        /**
         * @description The name of the file, which an answer about it shows again.
         * @example hold-the-line.wav
         */
        FileName: string;
        /**
         * @description Whether the file is a temporary one.
         * @example false
         */
        Temporary: boolean;
        /**
         * @description The id of the upload, from `PortSIP-Upload-ID`.
         * @example NzAwNTUxOTA5NzczMTQ4MTY0
         */
        UploadId: components["schemas"]["ResourceId"];
        /**
         * @description The token of the upload, from the header of the same name.
         * @example Qm5vdCBhIHJlYWwgdG9rZW4
         */
        UploadToken: string;
        /**
         * @description The SHA-256 digest of the whole file, 64 hexadecimal digits.
         * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
         */
        UploadDigest: string;
        /**
         * @description Which file: the last part of `prompt_file_url`. It is opaque, and no digest that can be computed.
         * @example WexWdABcd5D4PDgzTKV3gAAAEu00WcK
         */
        BlobDigest: string;
        /**
         * @description The id of the tenant to go to.
         * @example NzAwNTUxOTA5NzczMTQ4MTY1
         */
        SwitchTenantId: components["schemas"]["ResourceId"];
        /**
         * @description The SIP domain of the tenant to tell about.
         * @example northwind.example.net
         */
        InfoDomain: components["schemas"]["TenantDomain"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description How long to wait before the next request, in seconds or as an HTTP date.
         * @example 30
         */
        RetryAfter: string;
        /**
         * @description The id of the upload, for the path of the next request.
         * @example NzAwNTUxOTA5NzczMTQ4MTY0
         */
        "PortSIP-Upload-ID": components["schemas"]["ResourceId"];
        /**
         * @description The token of the upload, for the header of the same name.
         * @example Qm5vdCBhIHJlYWwgdG9rZW4
         */
        "PortSIP-Upload-Token": string;
        /**
         * @description Which bytes of the file have arrived.
         * @example 0-64043
         */
        Range: string;
        /**
         * @description The name of the file, as RFC 6266 writes it.
         * @example attachment; filename="hold-the-line.wav"
         */
        "Content-Disposition": string;
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
        /** @description The settings to change. */
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
    listCallParkGroups: {
        parameters: {
            query?: {
                /**
                 * @description Which items to list, as an expression over their fields. How it is written is not part of this document.
                 * @example name eq 'Warehouse'
                 */
                filter?: components["parameters"]["Filter"];
                /**
                 * @description The text to search the items for.
                 * @example ware
                 */
                search?: components["parameters"]["Search"];
                /**
                 * @description The field to sort by. How it is written is not part of this document.
                 * @example name
                 */
                orderby?: components["parameters"]["OrderBy"];
                /**
                 * @description How many items to leave out before the first one listed.
                 * @example 0
                 */
                skip?: components["parameters"]["Skip"];
                /**
                 * @description How many items to list at most.
                 * @example 100
                 */
                top?: components["parameters"]["Top"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of call park groups. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallParkGroupList"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    createCallParkGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The new group. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallParkGroupWrite"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedResource"];
                };
            };
            400: components["responses"]["BadGroup"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableGroup"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    showCallParkGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The call park group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallParkGroup"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    updateCallParkGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
            };
            cookie?: never;
        };
        /** @description What the group is to be. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallParkGroupWrite"];
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
            400: components["responses"]["BadGroup"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableGroup"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    deleteCallParkGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    listCallParkGroupMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The members of the group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallParkGroupMemberList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    createCallParkGroupMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
                /**
                 * @description The extension number of the user.
                 * @example 1001
                 */
                extension_number: components["parameters"]["MemberExtensionNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Added. The answer has no content. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadMember"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    deleteCallParkGroupMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the call park group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYz
                 */
                id: components["parameters"]["CallParkGroupId"];
                /**
                 * @description The extension number of the user.
                 * @example 1001
                 */
                extension_number: components["parameters"]["MemberExtensionNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    listRingGroups: {
        parameters: {
            query?: {
                /**
                 * @description Which items to list, as an expression over their fields. How it is written is not part of this document.
                 * @example name eq 'Warehouse'
                 */
                filter?: components["parameters"]["Filter"];
                /**
                 * @description The text to search the items for.
                 * @example ware
                 */
                search?: components["parameters"]["Search"];
                /**
                 * @description The field to sort by. How it is written is not part of this document.
                 * @example name
                 */
                orderby?: components["parameters"]["OrderBy"];
                /**
                 * @description How many items to leave out before the first one listed.
                 * @example 0
                 */
                skip?: components["parameters"]["Skip"];
                /**
                 * @description How many items to list at most.
                 * @example 100
                 */
                top?: components["parameters"]["Top"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of ring groups. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingGroupList"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    showRingGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the ring group.
                 * @example NzAwNTUxOTA5NzczMTQ4MTYw
                 */
                id: components["parameters"]["RingGroupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ring group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingGroup"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    getExtensionNumber: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number to look up.
                 * @example 6000
                 */
                extension_number: components["parameters"]["ExtensionNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number is taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtensionNumber"];
                };
            };
            400: components["responses"]["BadNumber"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NumberIsFree"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    initBlobUpload: {
        parameters: {
            query?: {
                /**
                 * @description The name of the file, which an answer about it shows again.
                 * @example hold-the-line.wav
                 */
                filename?: components["parameters"]["FileName"];
                /**
                 * @description Whether the file is a temporary one.
                 * @example false
                 */
                temporary?: components["parameters"]["Temporary"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Started. The headers name the upload and carry its own token. */
            202: {
                headers: {
                    "PortSIP-Upload-ID": components["headers"]["PortSIP-Upload-ID"];
                    "PortSIP-Upload-Token": components["headers"]["PortSIP-Upload-Token"];
                    Range: components["headers"]["Range"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadUpload"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    appendBlobUpload: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The token of the upload, from the header of the same name.
                 * @example Qm5vdCBhIHJlYWwgdG9rZW4
                 */
                "PortSIP-Upload-Token": components["parameters"]["UploadToken"];
            };
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        /** @description The next bytes of the file. */
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["FileContent"];
            };
        };
        responses: {
            /** @description Appended. The headers say how far the upload is. */
            203: {
                headers: {
                    "PortSIP-Upload-ID": components["headers"]["PortSIP-Upload-ID"];
                    "PortSIP-Upload-Token": components["headers"]["PortSIP-Upload-Token"];
                    Range: components["headers"]["Range"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadUpload"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UploadNotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    completeBlobUpload: {
        parameters: {
            query: {
                /**
                 * @description The SHA-256 digest of the whole file, 64 hexadecimal digits.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                digest: components["parameters"]["UploadDigest"];
            };
            header: {
                /**
                 * @description The token of the upload, from the header of the same name.
                 * @example Qm5vdCBhIHJlYWwgdG9rZW4
                 */
                "PortSIP-Upload-Token": components["parameters"]["UploadToken"];
            };
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        /** @description The last bytes of the file, if any are left. */
        requestBody?: {
            content: {
                "application/octet-stream": components["schemas"]["FileContent"];
            };
        };
        responses: {
            /** @description The file is there. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedResource"];
                };
            };
            400: components["responses"]["BadUpload"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UploadNotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    getBlobUploadStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload is open. The headers say how far it is. */
            204: {
                headers: {
                    "PortSIP-Upload-ID": components["headers"]["PortSIP-Upload-ID"];
                    "PortSIP-Upload-Token": components["headers"]["PortSIP-Upload-Token"];
                    Range: components["headers"]["Range"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UploadNotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    deleteBlobUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the upload, from `PortSIP-Upload-ID`.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY0
                 */
                id: components["parameters"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Given up. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UploadNotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    downloadBlobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which file: the last part of `prompt_file_url`. It is opaque, and no digest that can be computed.
                 * @example WexWdABcd5D4PDgzTKV3gAAAEu00WcK
                 */
                digest: components["parameters"]["BlobDigest"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["FileContent"];
                };
            };
            404: components["responses"]["FileNotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    signInWithCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Who signs in. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Signed in, or a challenge to a second factor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadSignIn"];
            401: components["responses"]["SignInRefused"];
            422: components["responses"]["UnprocessableSignIn"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    refreshToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The refresh token that came with the access token. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshToken"];
            };
        };
        responses: {
            /** @description A new token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRefresh"];
            401: components["responses"]["RefreshRefused"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. The token is no longer good. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    requestToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Who signs in, or the refresh token. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Signed in, or a challenge to a second factor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["TokenRefused"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    showCurrentConfigurations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    listTenants: {
        parameters: {
            query?: {
                /**
                 * @description Which items to list, as an expression over their fields. How it is written is not part of this document.
                 * @example name eq 'Warehouse'
                 */
                filter?: components["parameters"]["Filter"];
                /**
                 * @description The text to search the items for.
                 * @example ware
                 */
                search?: components["parameters"]["Search"];
                /**
                 * @description The field to sort by. How it is written is not part of this document.
                 * @example name
                 */
                orderby?: components["parameters"]["OrderBy"];
                /**
                 * @description How many items to leave out before the first one listed.
                 * @example 0
                 */
                skip?: components["parameters"]["Skip"];
                /**
                 * @description How many items to list at most.
                 * @example 100
                 */
                top?: components["parameters"]["Top"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tenants. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantList"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    switchTenants: {
        parameters: {
            query: {
                /**
                 * @description The id of the tenant to go to.
                 * @example NzAwNTUxOTA5NzczMTQ4MTY1
                 */
                id: components["parameters"]["SwitchTenantId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switched. The answer has no content. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadSwitch"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    retrieveMetadata: {
        parameters: {
            query?: {
                /**
                 * @description The SIP domain of the tenant to tell about.
                 * @example northwind.example.net
                 */
                domain?: components["parameters"]["InfoDomain"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the PBX is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PbxInfo"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
    retrieveCurrentSystemStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status of the system. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemStatus"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            "4XX": components["responses"]["Refused"];
        };
    };
}
