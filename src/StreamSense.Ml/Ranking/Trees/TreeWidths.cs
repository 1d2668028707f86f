using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Knows what the processor can do.</summary>
internal static class TreeWidths
{
    /// <summary>The widest that this processor has.</summary>
    public static TreeWidth Best =>
        Vector512.IsHardwareAccelerated && Avx512BW.IsSupported ? TreeWidth.Bits512
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported ? TreeWidth.Bits256
        : TreeWidth.Portable;
}
