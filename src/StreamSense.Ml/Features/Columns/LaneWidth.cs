namespace StreamSense.Ml.Features.Columns;

/// <summary>How many bits of numbers are computed with at once.</summary>
internal enum LaneWidth
{
    /// <summary>One number.</summary>
    Bits64 = 64,

    /// <summary>Two numbers.</summary>
    Bits128 = 128,

    /// <summary>Four numbers.</summary>
    Bits256 = 256,

    /// <summary>Eight numbers.</summary>
    Bits512 = 512,
}
