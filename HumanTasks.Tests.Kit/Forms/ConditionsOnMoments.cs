namespace HumanTasks.Tests.Forms;

/// <summary>Conditions over dates, times and moments, and what somebody types into their form: the server and the script of the page judge them alike.</summary>
internal static class ConditionsOnMoments
{
    private static readonly string[] Conditions =
    [
        .. from op in (string[])["eq", "ne", "gt", "ge", "lt", "le"]
           from value in (string[])
           [
               "2027-01-01T00:00:00Z", "2027-01-01T01:00:00+01:00", "2026-12-31t19:00:00.000-05:00", "2026-12-31T19:00", "2027-01-01",
               "2026-10-25T01:30:00Z", "2026-10-25T02:30", "2026-03-29T02:30", "2026-11-22T14:30:05.5Z",
           ]
           select $$"""{ "field": "at", "op": "{{op}}", "value": "{{value}}" }""",
        """{ "field": "at", "op": "in", "value": ["2026-01-01T00:00:00Z", "2027-01-01T01:00:00+01:00"] }""",
        """{ "field": "at", "equals": "2027-01-01T01:00:00+01:00" }""",
        """{ "field": "at", "op": "exists" }""",
        """{ "field": "at", "op": "exists", "value": false }""",
        """{ "not": { "field": "at", "op": "lt", "value": "2027-01-01T01:00:00+01:00" } }""",
        """{ "any": [{ "field": "at", "op": "lt", "value": "2026-06-01T00:00:00+02:00" }, { "field": "rows.0.from", "op": "ge", "value": "2027-01-01T01:00:00+01:00" }] }""",
        """{ "all": [{ "field": "rows", "op": "exists" }, { "field": "rows.0.from", "op": "exists", "value": false }] }""",
        """{ "field": "rows.1.from", "op": "exists" }""",
        """{ "field": "day", "op": "ge", "value": "2026-11-22" }""",
        """{ "field": "day", "equals": "2026-11-22" }""",
        """{ "field": "clock", "equals": "14:30" }""",
        """{ "field": "clock", "op": "gt", "value": "14:30:00" }""",
        """{ "field": "note", "op": "exists" }""",
        """{ "field": "note", "op": "ge", "value": "2027-01-01T01:00:00+01:00" }""",
        """{ "field": "note", "equals": "2027-01-01T01:00:00+01:00" }""",
        """{ "field": "note", "op": "contains", "value": "2027" }""",
        """{ "field": "several", "op": "contains", "value": "2027-01-01T01:00:00+01:00" }""",
    ];

    /// <summary>Zones with summer time of an hour and of half an hour, and without any.</summary>
    public static IReadOnlyList<string> Zones { get; } = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];

    /// <summary>What somebody types: the name of an input and its text.</summary>
    public static IReadOnlyList<(string Name, string Text)> Typed { get; } =
    [
        .. ((string[])
        [
            "", "2026-12-31T18:59", "2026-12-31T19:00", "2026-12-31T23:30", "2027-01-01T00:00", "2027-01-01T01:00", "2027-01-01T05:30",
            "2026-10-25T01:30", "2026-10-25T02:30", "2026-10-25T03:30", "2026-03-29T02:30", "2026-03-29T03:00", "2026-11-01T01:30", "2026-04-05T01:45",
        ]).Select(text => ("at", text)),
        ("rows.0.from", "2027-01-01T01:00"), ("rows.0.from", ""), ("day", "2026-11-22"), ("day", "2026-11-21"), ("clock", "14:30"), ("clock", "14:31"),
        ("note", "2027-01-01T00:00:00Z"), ("note", "2027-01-01T00:00:00"), ("note", "\u200b \u00a0"), ("note", "a\u200b"), ("note", ""),
    ];

    public static string Definition { get; } = FormGiven.Document(
    [
        """{ "name": "at", "type": "dateTime" }""",
        """{ "name": "day", "type": "date" }""",
        """{ "name": "clock", "type": "time" }""",
        """{ "name": "note", "type": "text" }""",
        """{ "name": "several", "type": "multiChoice", "options": [{ "value": "2027-01-01T00:00:00Z" }], "value": ["2027-01-01T00:00:00Z"] }""",
        """{ "name": "rows", "type": "table", "fields": [{ "name": "from", "type": "dateTime" }, { "name": "what", "type": "text" }], "value": [{ "what": "x" }] }""",
        .. Conditions.Select((condition, number) => $$"""{ "name": "c{{number}}", "type": "text", "visibleWhen": {{condition}} }"""),
    ]);

    public static string ConditionOf(string name) => name.StartsWith('c') && int.TryParse(name[1..], out var number) ? Conditions[number] : name;
}
