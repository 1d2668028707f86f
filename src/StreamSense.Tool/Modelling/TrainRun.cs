using StreamSense.Core.Events;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;
using StreamSense.Tool.Evaluating;

namespace StreamSense.Tool.Modelling;

/// <summary>One run of <c>train</c>: reads, measures, trains, and registers the model.</summary>
internal static class TrainRun
{
    /// <summary>The tag by which a model file tells what trained it.</summary>
    public const string TrainerTag = "trainer";

    /// <summary>What can be trained.</summary>
    public static IReadOnlyList<string> Models { get; } =
    [
        .. ModelChoices.All.Select(choice => choice.Name), FeatureTraining.LambdaMart, FeatureTraining.Boosting, FeatureTraining.Logistic,
    ];

    /// <summary>Trains and registers.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="time">Says when the model was trained, and how long it took.</param>
    /// <param name="progress">Is told how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Inputs.InputException">A file, an option or the registry cannot be used.</exception>
    public static TrainReport Run(
        TrainOptions options, TimeProvider time, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        ModelRegistry registry = RegistryAccess.Do(() => new ModelRegistry(options.Registry, time: time));
        string name = options.Name ?? options.Model;

        // A version that cannot be added is told before the training, not after it.
        string version = RegistryAccess.Do(() => options.Version ?? registry.NextVersion(name));
        if (RegistryAccess.Do(() => registry.Find(name, version)) is not null)
        {
            throw new Inputs.InputException($"there is {name}@{version} in {registry.Folder} already");
        }

        bool isCollaborative = ModelChoices.All.Any(choice => string.Equals(choice.Name, options.Model, StringComparison.Ordinal));
        TrainedModel trained = isCollaborative
            ? CollaborativeTraining.Run(options, progress, cancellationToken)
            : FeatureTraining.Run(options, progress, cancellationToken);
        var card = new ModelCard
        {
            Name = name,
            Version = version,
            Metrics = trained.Metrics,
            Data = trained.Data,
            Layout = trained.Layout,
            TrainedAt = EventTime.From(time.GetUtcNow()),
            Seed = options.Seed,
            Options = options.OptionsText,
            Tags = trained.Tags.SetItem(TrainerTag, options.Model),
        };
        RegisteredModel model = RegistryAccess.Do(() => registry.Add(trained.ToFile(card)));
        if (options.Promote)
        {
            model = RegistryAccess.Do(() => registry.Promote(name, version));
        }

        return new TrainReport(model, time.GetElapsedTime(started), trained.Notes);
    }
}
