namespace StreamSense.Tool.Inputs;

/// <summary>The rows of an svmlight file: a label, perhaps a query, and the features that are there.</summary>
/// <remarks>Indices are kept as they stand in the file, from 0 or from 1. Immutable by convention: nobody writes the arrays.</remarks>
internal sealed class SvmlightRows
{
    /// <summary>How many rows there are.</summary>
    public int Count => Labels.Length;

    /// <summary>The label of each row.</summary>
    public required float[] Labels { get; init; }

    /// <summary>The query (<c>qid</c>) of each row; null if no row names one.</summary>
    public required long[]? Queries { get; init; }

    /// <summary>Where the entries of each row start, and behind the last row where they end.</summary>
    public required int[] Starts { get; init; }

    /// <summary>The index of the feature of each entry, rising within a row.</summary>
    public required int[] Indices { get; init; }

    /// <summary>The value of each entry; NaN says missing.</summary>
    public required float[] Values { get; init; }

    /// <summary>The greatest index; -1 if there is no entry.</summary>
    public required int MaxIndex { get; init; }

    /// <summary>Lays the rows out, one row after another.</summary>
    /// <param name="features">How many columns: an entry whose index lies above is left out.</param>
    /// <param name="absent">What stands where a row has no entry: 0, or NaN for missing.</param>
    /// <returns><see cref="Count"/> times <paramref name="features"/> numbers.</returns>
    /// <exception cref="InputException">They are more than an array holds.</exception>
    public float[] ToDense(int features, float absent)
    {
        long numbers = (long)Count * features;
        if (numbers > Array.MaxLength)
        {
            throw new InputException($"{Count} rows of {features} features are more than can be held; score the file in parts");
        }

        float[] dense = new float[numbers];
        dense.AsSpan().Fill(absent);
        for (int row = 0; row < Count; row++)
        {
            Span<float> target = dense.AsSpan(row * features, features);
            for (int i = Starts[row]; i < Starts[row + 1] && Indices[i] < features; i++)
            {
                target[Indices[i]] = Values[i];
            }
        }

        return dense;
    }
}
