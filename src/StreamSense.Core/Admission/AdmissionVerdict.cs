namespace StreamSense.Core.Admission;

/// <summary>What the admission says of an event.</summary>
internal enum AdmissionVerdict : byte
{
    /// <summary>Apply it now.</summary>
    Apply,

    /// <summary>It waits for an earlier one.</summary>
    Held,

    /// <summary>It waits until its sender's clock is known: its time is not yet its own.</summary>
    Unsettled,

    /// <summary>It was seen before.</summary>
    Duplicate,

    /// <summary>It is too far behind.</summary>
    Late,
}
