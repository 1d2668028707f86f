namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Gives a viewer's vector in the space of item factors.</summary>
/// <remarks>May be asked by many threads at once; allocates nothing; the same state and request give the same bits.</remarks>
public interface IViewerVector
{
    /// <summary>How many numbers a vector has.</summary>
    int Dimensions { get; }

    /// <summary>Reads the vector of who asks.</summary>
    /// <param name="request">For whom and when.</param>
    /// <param name="vector">Room for <see cref="Dimensions"/> numbers; all finite.</param>
    /// <returns>False if nothing is known of the viewer, or may not be used.</returns>
    bool TryRead(in CandidateRequest request, Span<float> vector);
}
