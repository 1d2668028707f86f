using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Tool.Evaluating;

/// <summary>What a run learns from and is judged by.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Test">To be judged by.</param>
/// <param name="HasRatings">Whether values are ratings, and not only 1.</param>
/// <param name="TrainFile">What the training file held.</param>
/// <param name="TestFile">What the test file held.</param>
internal sealed record RatingData(
    InteractionMatrix Train, InteractionMatrix Test, bool HasRatings, RatingFile TrainFile, RatingFile TestFile)
{
    /// <summary>Makes matrices of files.</summary>
    /// <param name="train">The training file.</param>
    /// <param name="test">The test file.</param>
    /// <param name="ids">The numbers of users and items.</param>
    /// <param name="nameOf">The id of an item, given what it was met as.</param>
    public static RatingData Of(RatingFile train, RatingFile test, RatingIds ids, Func<string, string> nameOf)
    {
        // A set that has ratings is one of ratings: its plays would count those twice who also rate.
        bool hasRatings = train.Rows.Exists(row => !row.IsPlay);
        int[] order = ids.ItemOrder(nameOf);
        bool isMixed = hasRatings && HasSeveralScales([.. train.Rows, .. test.Rows]);
        InteractionMatrix Matrix(RatingFile file) => new(
            ids.Users,
            ids.Items,
            file.Rows
                .Where(row => row.IsPlay != hasRatings)
                .Select(row => new Interaction(row.User, order[row.Item], isMixed ? row.Level : row.Value, row.Time)));
        InteractionMatrix trained = Matrix(train);
        return new RatingData(trained, Matrix(test), hasRatings && Varies(trained), train, test);
    }

    // Value and level are a straight line of each other on one scale: two pairs that lie on no such line have two.
    private static bool HasSeveralScales(RatingRow[] rows)
    {
        RatingRow[] rated = [.. rows.Where(row => !row.IsPlay)];
        if (rated.Length == 0 || Array.Exists(rated, row => !float.IsFinite(row.Level)))
        {
            return false;
        }

        return rated.GroupBy(row => row.Value).Any(group => group.Max(row => row.Level) - group.Min(row => row.Level) > 1e-5f);
    }

    private static bool Varies(InteractionMatrix matrix)
    {
        for (int user = 0; user < matrix.Users; user++)
        {
            foreach (float value in matrix.ValuesOf(user))
            {
                if (value != 1)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
