using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;

namespace StreamSense.Tool.Modelling;

/// <summary>What <c>train</c> did.</summary>
/// <param name="Model">The model as it is registered.</param>
/// <param name="Took">How long reading and training took.</param>
/// <param name="Notes">What is to be said of the data.</param>
internal sealed record TrainReport(RegisteredModel Model, TimeSpan Took, IReadOnlyList<string> Notes)
{
    /// <summary>What is said of the model.</summary>
    public ModelCard Card => Model.Card!;
}
