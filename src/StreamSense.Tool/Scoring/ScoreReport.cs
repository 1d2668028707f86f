using System.Globalization;
using System.Text;
using System.Text.Json;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Scoring;

/// <summary>The scores of a file.</summary>
/// <param name="Model">The model.</param>
/// <param name="Output">What the scores are.</param>
/// <param name="Scores">One score a row.</param>
/// <param name="LeftOut">How many numbers were of features that the model does not have.</param>
internal sealed record ScoreReport(ImportedModel Model, TreeOutput Output, double[] Scores, long LeftOut)
{
    private bool IsSingle => Model.Ensemble.Arithmetic == TreeArithmetic.Single;

    /// <summary>Prints one score a line, or one JSON object.</summary>
    /// <param name="streams">Where to.</param>
    /// <param name="json">Whether it is the object.</param>
    public void Print(ToolStreams streams, bool json)
    {
        if (LeftOut > 0)
        {
            streams.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"streamsense: {LeftOut} entries are of features above the model's {Model.Ensemble.FeatureNames.Length}, and left out"));
        }

        if (json)
        {
            streams.Output.WriteLine(ToJson());
            return;
        }

        foreach (double score in Scores)
        {
            streams.Output.WriteLine(IsSingle
                ? ((float)score).ToString(CultureInfo.InvariantCulture)
                : score.ToString(CultureInfo.InvariantCulture));
        }
    }

    private string ToJson()
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteString("library", Model.Library);
            writer.WriteNumber("trees", Model.Ensemble.Trees.Length);
            writer.WriteNumber("features", Model.Ensemble.FeatureNames.Length);
            writer.WriteString("output", Output == TreeOutput.Sum ? "raw" : "answer");
            writer.WriteNumber("rows", Scores.Length);
            writer.WriteStartArray("scores");
            foreach (double score in Scores)
            {
                Write(writer, score);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    // An exponential may be infinite, which JSON cannot say.
    private void Write(Utf8JsonWriter writer, double score)
    {
        if (!double.IsFinite(score))
        {
            writer.WriteNullValue();
        }
        else if (IsSingle)
        {
            writer.WriteNumberValue((float)score);
        }
        else
        {
            writer.WriteNumberValue(score);
        }
    }
}
