using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Evaluation;

/// <summary>The ranking metrics once more, by sorting everything and following their definitions word by word.</summary>
internal sealed record NaiveRanking(
    int Users, double Ndcg, double Map, double Recall, double Precision, double HitRate, double Mrr, double Coverage)
{
    public static NaiveRanking Evaluate(float[] table, InteractionMatrix train, InteractionMatrix test, int k)
    {
        var rows = new List<double[]>();
        var listed = new HashSet<int>();
        for (int user = 0; user < test.Users; user++)
        {
            int[] relevant = test.ItemsOf(user).ToArray();
            if (relevant.Length == 0)
            {
                continue;
            }

            int[] history = train.ItemsOf(user).ToArray();
            int row = history.Length == 0 ? 0 : user + 1;
            int[] order = [.. Enumerable.Range(0, test.Items)
                .Except(history)
                .OrderByDescending(item => table[(row * test.Items) + item])
                .ThenBy(item => item)];
            int[] top = [.. order.Take(k)];
            listed.UnionWith(top);
            double gained = 0;
            double precisions = 0;
            int hits = 0;
            for (int place = 0; place < top.Length; place++)
            {
                if (relevant.Contains(top[place]))
                {
                    hits++;
                    gained += 1 / Math.Log2(place + 2);
                    precisions += hits / (place + 1.0);
                }
            }

            double ideal = Enumerable.Range(0, Math.Min(k, relevant.Length)).Sum(place => 1 / Math.Log2(place + 2));
            int first = Array.FindIndex(order, item => relevant.Contains(item));
            rows.Add(
            [
                gained / ideal,
                precisions / Math.Min(k, relevant.Length),
                (double)hits / relevant.Length,
                (double)hits / k,
                hits > 0 ? 1 : 0,
                first < 0 ? 0 : 1 / (first + 1.0),
            ]);
        }

        double Mean(int column) => rows.Average(row => row[column]);
        return new NaiveRanking(
            rows.Count, Mean(0), Mean(1), Mean(2), Mean(3), Mean(4), Mean(5), (double)listed.Count / test.Items);
    }
}
