namespace StreamSense.Ml.Ranking.Trees;

/// <summary>One feature on the way from the root, as an attribution weighs the sets of features that are known and not known.</summary>
internal struct TreePathEntry
{
    /// <summary>The feature; -1 for the root.</summary>
    public int Feature;

    /// <summary>The share of the rows that go this way if the feature is not known.</summary>
    public double Unknown;

    /// <summary>The same if it is known: 1 or 0.</summary>
    public double Known;

    /// <summary>The weight of the sets of as many known features as the entry has before it.</summary>
    public double Weight;
}
