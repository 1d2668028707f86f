using System.Runtime.InteropServices;

namespace StreamSense.Core.Delivery;

/// <summary>What a replay read.</summary>
/// <param name="Pieces">How many files, segments or the like were read.</param>
/// <param name="Bytes">How many bytes were handed to the feed.</param>
/// <param name="DamagedPieces">Pieces whose content or commit record is not what was written; what is left of them was read, too.</param>
/// <param name="MissingBytes">Bytes that were committed and are gone.</param>
/// <param name="ForeignPieces">Pieces at the same place that are not the sink's own; they were left alone.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReplaySummary(int Pieces, long Bytes, int DamagedPieces, long MissingBytes, int ForeignPieces);
