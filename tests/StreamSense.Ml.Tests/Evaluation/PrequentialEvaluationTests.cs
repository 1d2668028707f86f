using StreamSense.Core.Events;
using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Evaluation;

public sealed class PrequentialEvaluationTests
{
    [Fact]
    public void Run_CountingModel_IsAskedBeforeItIsTold()
    {
        // Item 2 is first met when nothing is known: it stands last of three. Then it is the most taken.
        Interaction[] stream = [Of(0, 2, 1), Of(1, 2, 2), Of(0, 1, 3), Of(0, 2, 4)];

        PrequentialReport report = PrequentialEvaluation.Run(
            new OnlineTrending(2, 3, TimeSpan.FromDays(1)), stream, new PrequentialOptions { Cutoff = 1 });

        // Places: 2 of {0, 1, 2}; 0; 1 of {0, 1}; and the last is no question, since user 0 has it.
        Assert.Equal(3, report.Total.Questions);
        Assert.Equal(1 / 3.0, report.Total.HitRate, 12);
        Assert.Equal(((1 / 3.0) + 1 + 0.5) / 3, report.Total.Mrr, 12);
        Assert.Equal(1, report.KnownUsers.Questions);
        Assert.Equal(2, report.NewItems);
    }

    [Fact]
    public void Run_KnownUsersOnly_StillLearnsFromNewOnes()
    {
        Interaction[] stream = [Of(0, 2, 1), Of(1, 1, 2), Of(1, 2, 3)];

        PrequentialReport report = PrequentialEvaluation.Run(
            new OnlineTrending(2, 3), stream, new PrequentialOptions { AskForNewUsers = false });

        Assert.Equal(1, report.Total.Questions);
        Assert.Equal(1, report.Total.Mrr, 12);
    }

    [Fact]
    public void Run_Windows_SlideOverTheAnswers()
    {
        Interaction[] stream = [.. Enumerable.Range(0, 10).Select(i => Of(i, 0, i))];

        PrequentialReport report = PrequentialEvaluation.Run(
            new OnlineTrending(10, 2), stream, new PrequentialOptions { WindowLength = 4, WindowStep = 3 });

        Assert.Equal([3, 4, 4, 4], report.Windows.Select(window => window.Figures.Questions));
        Assert.Equal([0L, 2, 5, 6], report.Windows.Select(window => window.From.UnixMicroseconds));
        Assert.Equal([2L, 5, 8, 9], report.Windows.Select(window => window.To.UnixMicroseconds));
        Assert.All(report.Windows, window => Assert.Equal(1, window.Figures.HitRate));
    }

    [Fact]
    public void Run_BackInTime_Refuses() => Assert.Throws<ArgumentException>(() =>
        PrequentialEvaluation.Run(new OnlineTrending(2, 3), [Of(0, 1, 2), Of(0, 2, 1)]));

    [Fact]
    public void Run_Nothing_ReportsZeros()
    {
        PrequentialReport report = PrequentialEvaluation.Run(new OnlineTrending(1, 1), []);

        Assert.Equal(default, report.Total);
        Assert.Empty(report.Windows);
    }

    private static Interaction Of(int user, int item, long time) => new(user, item, 1, new EventTime(time));
}
