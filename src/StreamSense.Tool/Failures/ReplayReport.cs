namespace StreamSense.Tool.Failures;

/// <summary>What became of a replay.</summary>
internal sealed class ReplayReport
{
    /// <summary>Records that pass the door now.</summary>
    public long Passed { get; set; }

    /// <summary>Records that it refuses again.</summary>
    public long FailedAgain { get; set; }

    /// <summary>Records whose bytes are not there, not whole, or sealed under another key.</summary>
    public long NotRecoverable { get; set; }

    /// <summary>Records of a format that the tool does not read.</summary>
    public long UnknownFormat { get; set; }

    /// <summary>Events written.</summary>
    public long Events { get; set; }
}
