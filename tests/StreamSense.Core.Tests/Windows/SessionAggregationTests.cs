using FsCheck;
using FsCheck.Fluent;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

public sealed class SessionAggregationTests
{
    [Fact]
    public void AdvanceTo_AGapBehindTheLastInput_TellsTheWindow()
    {
        var told = new CollectingSessionWindows();
        SessionAggregation<int, SumOfInputs, SumState, long, SumState> sessions = Of(told);
        Add(sessions, 0, 9, 18, 28);
        sessions.AdvanceTo(At(27));
        Assert.Empty(told.Log);

        // 18 and 28 are a whole gap apart.
        sessions.AdvanceTo(At(28));
        Assert.Equal(["+1.1 0..18"], told.Log);
        sessions.AdvanceTo(At(38));
        Assert.Equal(["+1.1 0..18", "+2.1 28..28"], told.Log);
        sessions.AdvanceTo(At(48));
        Assert.Equal(1, sessions.Count);
    }

    [Fact]
    public void Add_LateButAllowed_TellsTheExtendedWindowAgain()
    {
        var told = new CollectingSessionWindows();
        SessionAggregation<int, SumOfInputs, SumState, long, SumState> sessions = Of(told);
        Add(sessions, 10);
        sessions.AdvanceTo(At(25));
        Add(sessions, 5);
        Add(sessions, 18);
        sessions.AdvanceTo(At(26));

        // It ends at 28 s now, and is told again when it is complete again.
        Assert.Equal(["+1.1 10..10"], told.Log);
        sessions.AdvanceTo(At(28));
        Assert.Equal(["+1.1 10..10", "+1.2 5..18"], told.Log);
    }

    [Fact]
    public void Add_BetweenTwoWindows_RetractsThoseThatWereToldAndTellsOne()
    {
        var told = new CollectingSessionWindows();
        SessionAggregation<int, SumOfInputs, SumState, long, SumState> sessions = Of(told);
        Add(sessions, 0, 12);
        sessions.AdvanceTo(At(22));
        Add(sessions, 6);
        sessions.AdvanceTo(At(23));

        Assert.Equal(["+1.1 0..0", "+2.1 12..12"], told.Log[..2]);
        Assert.Equal(["-1.1 0..0", "-2.1 12..12"], told.Log[2..4].Order());
        Assert.Equal("+3.1 0..12", told.Log[4]);
        Assert.Equal(3, told.Held[3].Inputs);
    }

    [Fact]
    public void Add_BetweenAToldAndAnOpenWindow_RetractsTheToldOneOnly()
    {
        var told = new CollectingSessionWindows();
        SessionAggregation<int, SumOfInputs, SumState, long, SumState> sessions = Of(told);
        Add(sessions, 0, 12);
        sessions.AdvanceTo(At(11));
        Add(sessions, 6);
        sessions.AdvanceTo(At(40));

        Assert.Equal(["+1.1 0..0", "-1.1 0..0", "+3.1 0..12"], told.Log);
    }

    [Fact]
    public void Add_BehindTheLateness_IsCounted()
    {
        var told = new CollectingSessionWindows();
        SessionAggregation<int, SumOfInputs, SumState, long, SumState> sessions = Of(told);
        Add(sessions, 0);
        sessions.AdvanceTo(At(33));
        Add(sessions, 3);
        sessions.AdvanceTo(At(50));

        Assert.Equal(1, sessions.LateInputs);
        Assert.Equal(["+1.1 0..0"], told.Log);
        Assert.Equal(0, sessions.Count);
    }

    [Fact]
    public void Add_BeyondTheBound_TellsAndForgetsTheWindowThatIsDueFirst()
    {
        var told = new CollectingSessionWindows();
        var sessions = new SessionAggregation<int, SumOfInputs, SumState, long, SumState>(
            told, new SessionWindowOptions { Gap = TimeSpan.FromSeconds(10), MaxWindows = 2 });
        sessions.Add(1, At(0), 1);
        sessions.Add(2, At(1), 1);
        sessions.Add(1, At(5), 1);
        sessions.Add(3, At(2), 1);

        Assert.Equal(["+2.1 1..1"], told.Log);
        Assert.Equal((2, 1), (sessions.Count, sessions.EvictedWindows));
    }

    [Fact]
    public void Results_OfAnyOrderWithinTheLateness_AreThoseOfTheInputsInOrder() => Prop.ForAll<ushort[], byte>((seconds, seed) =>
    {
        (int Key, int Second, long Value)[] inputs = [.. seconds.Select((second, index) => (second % 3, (second / 3) % 300, (long)index))];
        var random = new Random(seed);
        var told = new CollectingSessionWindows();
        SessionAggregation<int, SumOfInputs, SumState, long, SumState> sessions = Of(told, lateness: 41);
        foreach ((int arrival, (int key, int second, long value)) in
            inputs.Select(input => (input.Second + random.Next(40), input)).OrderBy(input => input.Item1))
        {
            sessions.AdvanceTo(At(arrival));
            sessions.Add(key, At(second), value);
        }

        sessions.AdvanceTo(At(1_000));
        return sessions.LateInputs == 0 && sessions.Count == 0 && BruteForce(inputs).SequenceEqual(told.Values());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AddAndAdvance_OnceRowsHaveTheirNumber_AllocateNothing()
    {
        var sessions = new SessionAggregation<int, SumOfInputs, SumState, long, SumState>(
            new ForgetfulSessions(),
            new SessionWindowOptions { Gap = TimeSpan.FromSeconds(10), AllowedLateness = TimeSpan.FromSeconds(20) });
        int second = 0;

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                sessions.Add(i % 100, At(++second), 1);
                sessions.Add(i % 97, At(second - 15), 1);
                sessions.AdvanceTo(At(second));
            }
        }));
    }

    private static List<(int Key, long First, long Last, SumState Value)> BruteForce((int Key, int Second, long Value)[] inputs)
    {
        var expected = new List<(int, long, long, SumState)>();
        foreach (IGrouping<int, (int Key, int Second, long Value)> key in inputs.GroupBy(input => input.Key).OrderBy(group => group.Key))
        {
            var run = new List<(int Key, int Second, long Value)>();
            foreach ((int Key, int Second, long Value) input in key.OrderBy(input => input.Second))
            {
                if (run.Count > 0 && input.Second - run[^1].Second >= 10)
                {
                    expected.Add(Told(run));
                    run.Clear();
                }

                run.Add(input);
            }

            expected.Add(Told(run));
        }

        return expected;
    }

    private static (int Key, long First, long Last, SumState Value) Told(List<(int Key, int Second, long Value)> run) =>
    (
        run[0].Key,
        At(run[0].Second).UnixMicroseconds,
        At(run[^1].Second).UnixMicroseconds,
        SumOfInputs.Of(run.Select(input => input.Value)));

    private static SessionAggregation<int, SumOfInputs, SumState, long, SumState> Of(CollectingSessionWindows told, int lateness = 20) =>
        new(told, new SessionWindowOptions { Gap = TimeSpan.FromSeconds(10), AllowedLateness = TimeSpan.FromSeconds(lateness) });

    private static void Add(SessionAggregation<int, SumOfInputs, SumState, long, SumState> sessions, params int[] seconds)
    {
        foreach (int second in seconds)
        {
            sessions.Add(1, At(second), 1);
        }
    }

    private static EventTime At(int second) => new(second * EventTime.MicrosecondsPerSecond);

    private sealed class ForgetfulSessions : ISessionWindowConsumer<int, SumState>
    {
        public void OnResult(in SessionWindowResult<int, SumState> result)
        {
        }

        public void OnRetraction(in SessionWindowResult<int, SumState> result)
        {
        }
    }
}
