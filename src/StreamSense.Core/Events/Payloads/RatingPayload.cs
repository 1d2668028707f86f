using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A rating.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct RatingPayload : IEventPayload
{
    /// <summary>The value as given.</summary>
    public double Value;

    /// <summary>The lowest value of the scale.</summary>
    public double Minimum;

    /// <summary>The highest value of the scale.</summary>
    public double Maximum;

    /// <summary>The scale.</summary>
    public RatingScale Scale;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Rating;
}
