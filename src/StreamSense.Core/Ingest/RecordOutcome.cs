namespace StreamSense.Core.Ingest;

/// <summary>What became of a record.</summary>
internal enum RecordOutcome : byte
{
    /// <summary>Its events were handed on.</summary>
    Written,

    /// <summary>It waits for one that was sent before it.</summary>
    Held,

    /// <summary>The receiver dropped it, and counted it itself.</summary>
    Dropped,

    /// <summary>There is no room for it now; nothing is remembered of it.</summary>
    Full,

    /// <summary>The receiver can never take it.</summary>
    Refused,
}
