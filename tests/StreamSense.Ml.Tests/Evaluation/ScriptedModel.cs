using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Evaluation;

/// <summary>Scores as it is told, and notes for whom it is asked.</summary>
internal sealed class ScriptedModel(int items, Func<int, int, float> score) : IInteractionModel
{
    private readonly Lock _noting = new();

    public string Name => "scripted";

    public int Items => items;

    public int ScratchBytes => 16;

    public List<int> Asked { get; } = [];

    public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch)
    {
        Assert.Equal(history.Length, values.Length);
        Assert.True(scratch.Length >= ScratchBytes);
        lock (_noting)
        {
            Asked.Add(user);
        }

        for (int item = 0; item < items; item++)
        {
            scores[item] = score(user, item);
        }
    }
}
