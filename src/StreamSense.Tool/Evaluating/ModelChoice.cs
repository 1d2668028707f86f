using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Tool.Evaluating;

/// <summary>A model that <c>--model</c> may name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Says">What it is, in a few words.</param>
/// <param name="Create">Makes its trainer of the texts of options and a seed.</param>
/// <param name="OptionNames">The names of its options, with what each takes.</param>
internal sealed record ModelChoice(
    string Name,
    string Says,
    Func<IReadOnlyList<KeyValuePair<string, string>>, int?, IInteractionTrainer> Create,
    IReadOnlyList<string> OptionNames);
