namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>How a value is spelled in a log.</summary>
internal enum TextStyle : byte
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>With <c>\"</c>, <c>\\</c> and <c>\xHH</c>: Apache and nginx.</summary>
    Backslashes,

    /// <summary>With <c>%HH</c>: CloudFront.</summary>
    Percents,

    /// <summary>With doubled quotes: W3C.</summary>
    DoubledQuotes,

    /// <summary>With <c>+</c> for a blank: IIS.</summary>
    Pluses,
}
