namespace StreamSense.Ml.Features.Rules;

/// <summary>What a <see cref="VisitRule"/> measures.</summary>
public enum VisitMeasure : byte
{
    /// <summary>Seconds since the visit began.</summary>
    Seconds = 0,

    /// <summary>Signals in the visit.</summary>
    Signals = 1,

    /// <summary>Seconds since the last signal of the visit.</summary>
    SecondsSinceLast = 2,

    /// <summary>Visits so far, the one under way included.</summary>
    Visits = 3,
}
