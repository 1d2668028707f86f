namespace StreamSense.Core.Ingest.Mapping;

/// <summary>The members that each object of a mapping file may have; the JSON Schema beside the samples lists the same.</summary>
internal static class MappingMembers
{
    public static readonly string[] Root =
        ["$schema", "name", "version", "description", "source", "idSpace", "fields", "drop", "events", "otherwise"];

    public static readonly string[] Delimited =
    [
        "format", "delimiter", "quote", "multiline", "header", "columns", "ragged", "collapse", "trim", "comment", "skip", "null",
        "decimal", "description",
    ];

    public static readonly string[] Json = ["format", "framing", "records", "null", "decimal", "description"];

    public static readonly string[] Event = ["kind", "when", "fields", "description"];

    public static readonly string[] Drop = ["rule", "when"];

    /// <summary>Where a text comes from, and how it is cut before it is read.</summary>
    public static readonly string[] Reading = ["from", "text", "decode", "after", "before", "pair", "match", "group", "case", "null"];

    public static readonly string[] Field =
    [
        .. Reading, "value", "map", "else", "default", "unit", "time", "zone", "split", "prefix", "as", "required", "lenient",
        "description",
    ];

    public static readonly string[] Kind = [.. Reading, "map", "else", "default", "description"];

    public static readonly string[] Pair = ["key", "between", "sign"];

    public static readonly string[] Tests = ["equals", "in", "exists", "matches", "atLeast", "atMost"];

    public static readonly string[] Condition = ["all", "any", "not", .. Reading, .. Tests];
}
