namespace StreamSense.Core.Delivery;

/// <summary>How one call of a sink ended.</summary>
internal enum BatchOutcome : byte
{
    /// <summary>The batch is written.</summary>
    Applied = 0,

    /// <summary>The batch is not written and may be tried again.</summary>
    Failed = 1,

    /// <summary>The batch is not written and never will be.</summary>
    Refused = 2,

    /// <summary>The call was given up at shutdown; the sink may still be at work with the batch's memory.</summary>
    Abandoned = 3,
}
