using StreamSense.Core.Events;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

/// <summary>People who like one kind of thing, and now and then another: data with something to learn.</summary>
internal static class Tastes
{
    /// <summary>Some users, some items, each of a kind by its number; three of four interactions are with one's own kind.</summary>
    public static InteractionMatrix Make(int users, int items, int perUser, int kinds = 4, int seed = 1)
    {
        var random = new Random(seed);
        var interactions = new List<Interaction>();
        for (int user = 0; user < users; user++)
        {
            for (int i = 0; i < perUser; i++)
            {
                int kind = random.Next(4) == 0 ? random.Next(kinds) : user % kinds;
                int place = (int)(Math.Pow(random.NextDouble(), 2) * ((items - 1 - kind) / kinds + 1));
                int item = kind + (kinds * place);
                float rating = (item % kinds == user % kinds ? 4 : 2) + random.Next(2);
                interactions.Add(new Interaction(user, item, rating, Time(random.Next(1000))));
            }
        }

        return new InteractionMatrix(users, items, interactions);
    }

    /// <summary>So many hours after the start of a certain year.</summary>
    public static EventTime Time(double hours) => new(1_700_000_000_000_000 + (long)(hours * 3_600_000_000));

    /// <summary>The scores of a user of the training data.</summary>
    public static float[] ScoresOf(IInteractionModel model, InteractionMatrix data, int user) =>
        Scores(model, user, data.ItemsOf(user), data.ValuesOf(user));

    /// <summary>The scores of anybody.</summary>
    public static float[] Scores(IInteractionModel model, int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values)
    {
        var scores = new float[model.Items];
        model.Score(user, history, values, scores, new byte[model.ScratchBytes]);
        return scores;
    }

    /// <summary>The share of users for whom the mean score of items not had is higher among their own kind.</summary>
    public static double Understanding(IInteractionModel model, InteractionMatrix data, int kinds = 4)
    {
        int understood = 0;
        for (int user = 0; user < data.Users; user++)
        {
            float[] scores = ScoresOf(model, data, user);
            HashSet<int> had = [.. data.ItemsOf(user)];
            int[] rest = [.. Enumerable.Range(0, data.Items).Where(item => !had.Contains(item))];
            double own = rest.Where(item => item % kinds == user % kinds).Average(item => scores[item]);
            double other = rest.Where(item => item % kinds != user % kinds).Average(item => scores[item]);
            understood += own > other ? 1 : 0;
        }

        return (double)understood / data.Users;
    }
}
