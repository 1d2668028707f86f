namespace StreamSense.Ml.Training.Interactions;

/// <summary>What an interaction counts when items are compared.</summary>
public enum ItemKnnWeighting
{
    /// <summary>One, whoever it is.</summary>
    None,

    /// <summary>The less the more items its user has: <c>1 / log₂(1 + items of the user)</c>, as in Breese, Heckerman and Kadie
    /// 1998.</summary>
    InverseUserFrequency,

    /// <summary>
    /// Okapi BM25, where an item is a document and a user a word: k1 = 1.2, b = 0.75 (Robertson and Zaragoza 2009).
    /// </summary>
    Bm25,
}
