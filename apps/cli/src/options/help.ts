/** What stands below the options. */
export const afterHelp = `
The run only reads, unless --write says otherwise. Whatever it changes it puts
back, also after a failure or Ctrl-C, and it reads the PBX again to prove it.

Environment:
  CALLPARK_TOKEN          the access token
  CALLPARK_REFRESH_TOKEN  gets a new access token when it ends during the run
  CALLPARK_PASSWORD       the password of --username
  CALLPARK_OTHER_TOKEN    an access token of another tenant, for the checks that
                          tenants are kept apart
  CALLPARK_SYSTEM_PASSWORD, CALLPARK_SYSTEM_USERNAME (admin)
                          the system administrator's, for the checks of what
                          nobody else may do, in a session of their own
  NO_COLOR                no colours

Exit codes:
  0    the PBX conforms, but for what a baseline knows
  1    findings, or a check that could not be finished
  2    wrong usage or configuration; nothing was changed
  3    the PBX cannot be reached, is not trusted, does not let the token in, or
       does not let its user read the settings
  4    the PBX was not restored: the report says how to do it by hand
  130  interrupted; what was changed has been put back

With many targets the gravest code counts: 4, then 130, 1, 3, 2. --max-requests
is for each of them, and --pbx-version for those whose file does not say it.

Examples:
  callpark verify
  callpark verify --url https://pbx.example.com:8887 --token-file token.txt
  callpark verify --url https://pbx.example.com:8887 --token-file token.txt \\
    --write=safe --report report
  callpark verify --all --report report`;
