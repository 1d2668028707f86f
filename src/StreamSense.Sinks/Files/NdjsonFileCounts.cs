using System.Runtime.InteropServices;

namespace StreamSense.Sinks.Files;

/// <summary>What a file sink holds, and what it has done since it was opened, as one consistent copy.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NdjsonFileCounts
{
    /// <summary>Files in the directory that are the sink's own.</summary>
    public int Files { get; init; }

    /// <summary>Committed bytes in them, sidecars not counted.</summary>
    public long Bytes { get; init; }

    /// <summary>Batches written.</summary>
    public long Batches { get; init; }

    /// <summary>Events written.</summary>
    public long Events { get; init; }

    /// <summary>Bytes written.</summary>
    public long WrittenBytes { get; init; }

    /// <summary>Files that an earlier run had not closed, or that were damaged; they were cut back to whole batches.</summary>
    public int RecoveredFiles { get; init; }

    /// <summary>Files whose committed content or commit record was not what had been written.</summary>
    public int DamagedFiles { get; init; }

    /// <summary>Bytes cut off while recovering.</summary>
    public long CutBytes { get; init; }

    /// <summary>Files deleted to stay within the bounds.</summary>
    public long DeletedFiles { get; init; }

    /// <summary>Bytes in the files deleted.</summary>
    public long DeletedBytes { get; init; }

    /// <summary>Events in the files deleted.</summary>
    public long DeletedEvents { get; init; }
}
