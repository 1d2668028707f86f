namespace StreamSense.Tool.CommandLine;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The input was measured; rejected records are reported, not an error.</summary>
    public const int Success = 0;

    /// <summary>Wrong arguments, or a file that is missing or cannot be read to its end.</summary>
    public const int Unusable = 2;

    /// <summary>The user interrupted it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
