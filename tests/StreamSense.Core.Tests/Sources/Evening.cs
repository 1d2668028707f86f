namespace StreamSense.Core.Tests.Sources;

/// <summary>One evening of twenty views.</summary>
/// <remarks>
/// Among them: one given up before its first frame, one that an error ends, stalls, pauses, seeks with and without buffering, changes of
/// bitrate, two devices whose clocks are hours off, people who leave and people who watch to the end.
/// </remarks>
internal static class Evening
{
    public const int Count = 20;
    public const int GivenUp = 5;
    public const int Failed = 9;

    /// <summary>When it begins, in epoch milliseconds.</summary>
    public const long Begins = 1_767_294_000_000;

    private const long HourMs = 3_600_000;

    public static IReadOnlyList<EveningView> Views { get; } = [.. Enumerable.Range(0, Count).Select(View)];

    /// <summary>The evening without the facts of a kind.</summary>
    public static IReadOnlyList<EveningView> Without(FactKind kind) =>
        [.. Views.Select(view => view with { Facts = [.. view.Facts.Where(fact => fact.Kind != kind)] })];

    private static EveningView View(int number)
    {
        long skew = number == 3 ? 3 * HourMs : number == 14 ? -2 * HourMs : 0;
        var view = new ViewBuilder((number * 37_300L) + (number % 3 * 5100), 1500 + (100 * number));
        return new EveningView(number, skew, Happen(view, number).Facts);
    }

    private static ViewBuilder Happen(ViewBuilder view, int number)
    {
        if (number == GivenUp)
        {
            return view.Wait(3100).Say(FactKind.Quit);
        }

        view.Start(400 + (150 * number)).Play(20 + number);
        if (number == Failed)
        {
            return view.Play(45).Say(FactKind.Error);
        }

        if (number % 4 == 0)
        {
            view.Stall(1500 + (250 * number)).Play(25);
        }

        if (number % 5 == 1)
        {
            view.Pause(20_000).Play(12);
        }

        if (number % 6 == 2)
        {
            view.Seek(900_000 + (number * 1000), 600, number % 4 == 0 ? 1800 : 0).Play(33);
        }

        if (number % 2 == 0)
        {
            view.Bitrate(3000 + (100 * number)).Play(41).Bitrate(2200).Play(7);
        }

        return view.Play(13).Say(number % 3 == 0 ? FactKind.Completed : FactKind.Quit);
    }
}
