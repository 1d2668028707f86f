namespace StreamSense.Ml.Candidates.Factors;

/// <summary>An item with its dot product.</summary>
/// <param name="Item">Its place in <see cref="ItemFactors.Titles"/>.</param>
/// <param name="Score">The dot product.</param>
public readonly record struct ScoredItem(int Item, float Score);
