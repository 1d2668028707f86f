using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>What a ranking chose, what was shown, clicked or opened, and where.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ShownPayload : IEventPayload
{
    /// <summary>The ranking request it belongs to.</summary>
    public RequestId Request;

    /// <summary>Where it was shown, a symbol of <see cref="Vocabulary.Surfaces"/>.</summary>
    public Symbol Surface;

    /// <summary>The row, or <see cref="Absent.Number"/>.</summary>
    public int Row;

    /// <summary>The position in the row, or <see cref="Absent.Number"/>.</summary>
    public int Position;

    /// <summary>The probability with which the policy chose this, or NaN.</summary>
    public float Propensity;

    /// <summary>How long it was seen, or <see cref="Absent.Number"/>.</summary>
    public int VisibleMilliseconds;

    /// <summary>The model that scored, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Model;

    /// <summary>The policy that chose, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Policy;

    /// <summary>The offer that was shown in place of a title, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Offer;

    /// <summary>How many events this one stands for.</summary>
    public float Weight;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Decision
        or EventKind.Impression
        or EventKind.Click
        or EventKind.DetailView;
}
