namespace StreamSense.Core.Ingest.Mapping;

/// <summary>What became of cutting a row into cells.</summary>
internal enum RowOutcome : byte
{
    /// <summary>It was cut.</summary>
    Whole,

    /// <summary>A quote is open at its end.</summary>
    OpenQuote,

    /// <summary>After a quoted cell something else than a delimiter stands.</summary>
    AfterQuote,

    /// <summary>It has more cells than a row may have at all.</summary>
    TooManyCells,
}
