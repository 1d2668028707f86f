namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    private const int MostListed = 24;

    /// <summary>What to say after a name that nobody knows: the nearest one, or the choice.</summary>
    public static string Hint(string name, ReadOnlySpan<string> known)
    {
        string? nearest = null;
        int least = 1 + (name.Length / 3);
        foreach (string candidate in known)
        {
            int distance = Distance(name, candidate, least);
            if (distance <= least && (nearest is null || distance < least))
            {
                nearest = candidate;
                least = distance;
            }
        }

        string choice = known.Length <= MostListed ? $" expected one of {string.Join(", ", known!)}" : "";
        return nearest is null || name.Length == 0 ? choice : $" did you mean '{nearest}'?{choice}";
    }

    // Edits of one letter each, two exchanged neighbours counted as one (optimal string alignment).
    private static int Distance(string left, string right, int most)
    {
        if (Math.Abs(left.Length - right.Length) > most)
        {
            return most + 1;
        }

        var table = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Least(table, left, right, i, j);
            }
        }

        return table[left.Length, right.Length];
    }

    private static int Least(int[,] table, string left, string right, int i, int j)
    {
        int cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
        int least = Math.Min(table[i - 1, j - 1] + cost, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        return i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]
            ? Math.Min(least, table[i - 2, j - 2] + 1)
            : least;
    }
}
