using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>What gives candidates their features.</summary>
/// <remarks>All members may be used by many threads at once, while what is remembered changes beneath; nothing is allocated.</remarks>
public interface IFeatureReader
{
    /// <summary>Which features there are, in which order.</summary>
    FeatureLayout Layout { get; }

    /// <summary>How many facts and events what is read has seen; a replay up to the same position reads the same values.</summary>
    long Position { get; }

    /// <summary>Reads the features of some titles.</summary>
    /// <param name="query">For whom and as of when.</param>
    /// <param name="titles">The titles.</param>
    /// <param name="columns">Room for <c>titles × features</c> numbers, one column after the other; NaN = missing.</param>
    /// <exception cref="ArgumentException"><paramref name="columns"/> is too short.</exception>
    void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns);
}
