using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamSense.Ml.Models.Import;

/// <summary>What is read of an XGBoost model.</summary>
internal sealed class XgboostDocument
{
    /// <summary>Where the number of features stands.</summary>
    public const string FeatureCount = "learner.learner_model_param.num_feature";

    /// <summary>Where the number of classes stands.</summary>
    public const string ClassCount = "learner.learner_model_param.num_class";

    /// <summary>Where the number of targets stands.</summary>
    public const string TargetCount = "learner.learner_model_param.num_target";

    /// <summary>Where the base score stands.</summary>
    public const string BaseScore = "learner.learner_model_param.base_score";

    /// <summary>Where the name of the objective stands.</summary>
    public const string Objective = "learner.objective.name";

    /// <summary>Where the name of the booster stands.</summary>
    public const string Booster = "learner.gradient_booster.name";

    private const int DeepestObject = 8;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The names of the features; empty if the model has none.</summary>
    public List<string> FeatureNames { get; } = [];

    /// <summary>The trees.</summary>
    public List<XgboostTree> Trees { get; } = [];

    /// <summary>The weights of the trees of dart.</summary>
    public List<double> Weights { get; } = [];

    /// <summary>A text of the model, or null.</summary>
    public string? Text(string place) => _texts.GetValueOrDefault(place);

    /// <summary>Reads a model.</summary>
    /// <exception cref="ModelFormatException">It is none.</exception>
    public void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("an object was expected: the file of save_model, not a dump");
            }

            ReadObject(ref reader, "", depth: 0);
            reader.Read();
        }
        catch (Exception defect) when (defect is JsonException or InvalidOperationException or FormatException and not ModelFormatException)
        {
            throw new ModelFormatException(
                string.Create(
                    CultureInfo.InvariantCulture, $"The model is no JSON of XGBoost, at byte {reader.BytesConsumed}: {defect.Message}"),
                defect);
        }

        if (Text(Booster) is not ("gbtree" or "dart"))
        {
            throw new ModelFormatException($"The booster {Text(Booster) ?? "(none)"} has no trees that can be read.");
        }
    }

    private static string Scalar(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? reader.GetString() ?? ""
        : Encoding.UTF8.GetString(reader.ValueSpan);

    private void ReadObject(ref Utf8JsonReader reader, string place, int depth)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString() ?? "";
            string at = place.Length == 0 ? name : place + "." + name;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                if (depth >= DeepestObject)
                {
                    throw new JsonException($"{at} lies too deep");
                }

                ReadObject(ref reader, at, depth + 1);
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadArray(ref reader, at);
            }
            else if (at is FeatureCount or ClassCount or TargetCount or BaseScore or Objective or Booster)
            {
                _texts[at] = Scalar(ref reader);
            }
        }
    }

    private void ReadArray(ref Utf8JsonReader reader, string at)
    {
        switch (at)
        {
            case "learner.feature_names":
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    FeatureNames.Add(reader.GetString() ?? "");
                }

                break;
            case "learner.gradient_booster.weight_drop":
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Weights.Add(reader.GetDouble());
                }

                break;
            case BaseScore:
                reader.Read();
                _texts[at] = Scalar(ref reader);
                if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
                {
                    throw new ModelFormatException("A model with several base scores gives no single score.");
                }

                break;
            case "learner.gradient_booster.model.trees" or "learner.gradient_booster.gbtree.model.trees":
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var tree = new XgboostTree();
                    tree.Read(ref reader);
                    Trees.Add(tree);
                }

                break;
            default:
                reader.Skip();
                break;
        }
    }
}
