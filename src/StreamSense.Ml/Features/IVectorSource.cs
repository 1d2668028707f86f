using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>Vectors of titles that the host brings: embeddings of text, images or behaviour.</summary>
/// <remarks>Read by many threads at once while titles are ranked: takes no lock and allocates nothing. A title's vector does not change
/// in place.</remarks>
public interface IVectorSource
{
    /// <summary>How many numbers a vector has, at most 4,096.</summary>
    int Dimensions { get; }

    /// <summary>The vector of a title.</summary>
    /// <param name="title">The title.</param>
    /// <returns>The vector; empty if there is none.</returns>
    ReadOnlySpan<float> VectorOf(TitleId title);
}
