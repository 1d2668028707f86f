namespace StreamSense.Ml.Features.Rules;

/// <summary>The sum over a window that ends now.</summary>
/// <remarks>Of <see cref="Buckets"/> buckets, of which the last is the one under way: the window covers between
/// <c>Window × (1 - 1 / Buckets)</c> and <c>Window</c>. Update and read take the same few steps whatever the window's length; what has
/// gone out of the window is left out without any event. Sums are whole millionths, exact in any order of events.</remarks>
/// <param name="Of">What is summed.</param>
/// <param name="Window">The window, from a second to 400 days.</param>
public sealed record WindowRule(EventSelector Of, TimeSpan Window) : FeatureRule
{
    /// <summary>Into how many buckets the window is cut, from 1 to 1,024.</summary>
    /// <value>24.</value>
    public int Buckets { get; init; } = 24;
}
