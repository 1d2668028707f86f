namespace StreamSense.Core.Sketches;

/// <summary>The first byte behind the mark of a sketch's bytes: which sketch it is. Numbers are never used again.</summary>
internal enum SketchFormat : byte
{
    /// <summary>Not a sketch.</summary>
    None = 0,

    /// <summary><see cref="Sketches.HyperLogLog"/>.</summary>
    HyperLogLog = 1,

    /// <summary><see cref="QuantileSketch"/>.</summary>
    Quantile = 2,

    /// <summary><see cref="Sketches.HeavyHitters"/>.</summary>
    HeavyHitters = 3,

    /// <summary><see cref="CountMinSketch"/>.</summary>
    CountMin = 4,

    /// <summary><see cref="DecayedCounter"/>.</summary>
    Decayed = 5,

    /// <summary><see cref="FixedHistogram"/>.</summary>
    Histogram = 6,
}
