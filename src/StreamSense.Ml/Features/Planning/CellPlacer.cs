using StreamSense.Core.Events;
using StreamSense.Ml.Features.Columns;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Planning;

/// <summary>Finds or makes the state that a feature reads.</summary>
internal sealed class CellPlacer(StatePlan state)
{
    /// <summary>The selector that counts how often another one takes something.</summary>
    public static EventSelector CountOf(EventSelector of)
    {
        // What carries no number is not taken by either; a number below the least is one that is there.
        SignalCondition isThere = SignalCondition.AtLeast(of.Weight, double.NegativeInfinity);
        return of.If(isThere).Weighing(SignalValue.One);
    }

    /// <summary>Fading sums of a table.</summary>
    public static FadingSums SumsOf(TablePlan table, TimeSpan halfLife, ConsentPurposes purposes) => table.CellOf(
        $"sums {halfLife.Ticks}", purposes, () => new FadingSums(new Fading(halfLife)) { Purposes = purposes });

    /// <summary>Fading sums.</summary>
    public FadingSums Sums(ColumnPlace place, TimeSpan halfLife) => SumsOf(place.Table!, halfLife, place.Purposes);

    /// <summary>A fading sum over all keys.</summary>
    public SumOfEverything Everything(EventSelector of, TimeSpan halfLife)
    {
        TablePlan table = state.TableOf(FeatureScope.Global);
        FadingSums sums = SumsOf(table, halfLife, ConsentPurposes.None);
        return new SumOfEverything(table, sums, sums.PlaceOf(state.SelectorOf(of)));
    }

    /// <summary>A sum over all time.</summary>
    public TotalCell Total(ColumnPlace place, EventSelector of)
    {
        int selector = state.SelectorOf(of);
        return place.Table!.CellOf($"total {of}", place.Purposes, () => new TotalCell(selector) { Purposes = place.Purposes });
    }

    /// <summary>The first or last time.</summary>
    public TimeCell Time(ColumnPlace place, EventSelector of, bool first)
    {
        int selector = state.SelectorOf(of);
        return place.Table!.CellOf(
            $"time {first} {of}", place.Purposes, () => new TimeCell(selector, first) { Purposes = place.Purposes });
    }

    /// <summary>A windowed sum.</summary>
    public RingCell Ring(ColumnPlace place, EventSelector of, long bucketMicroseconds, int buckets)
    {
        int selector = state.SelectorOf(of);
        return place.Table!.CellOf(
            $"ring {bucketMicroseconds} {of}", place.Purposes,
            () => new RingCell(selector, bucketMicroseconds, buckets) { Purposes = place.Purposes });
    }

    /// <summary>Fading weights by attribute or dimension.</summary>
    public FadingMap Map(
        ColumnPlace place, EventSelector of, TimeSpan halfLife, int slots, FeatureAttribute? attribute, FeatureDimension dimension)
    {
        int selector = state.SelectorOf(of);
        return place.Table!.CellOf(
            $"map {halfLife.Ticks} {slots} {attribute} {dimension} {of}", place.Purposes,
            () => new FadingMap(selector, new Fading(halfLife), slots, attribute, dimension, state.Keys) { Purposes = place.Purposes });
    }

    /// <summary>The titles taken last.</summary>
    public RecentCell Recent(ColumnPlace place, EventSelector of, int last)
    {
        int selector = state.SelectorOf(of);
        return place.Table!.CellOf(
            $"recent {last} {of}", place.Purposes, () => new RecentCell(selector, last) { Purposes = place.Purposes });
    }

    /// <summary>Fading sums by hour or day.</summary>
    public ProfileCell Profile(ColumnPlace place, ProfileRule rule)
    {
        int selector = state.SelectorOf(rule.Of);
        return place.Table!.CellOf(
            $"profile {rule.Period} {rule.HalfLife.Ticks} {rule.UtcOffset.Ticks} {rule.Of}", place.Purposes,
            () => new ProfileCell(selector, new Fading(rule.HalfLife), rule.Period, rule.UtcOffset) { Purposes = place.Purposes });
    }

    /// <summary>Plays of episodes.</summary>
    public BingeCell Binge(ColumnPlace place, BingeRule rule)
    {
        int selector = state.SelectorOf(rule.Of);
        return place.Table!.CellOf(
            $"binge {rule.HalfLife.Ticks} {rule.Within.Ticks} {rule.Of}", place.Purposes,
            () => new BingeCell(selector, new Fading(rule.HalfLife), rule.Within) { Purposes = place.Purposes });
    }

    /// <summary>The visit under way.</summary>
    public VisitCell Visit(ColumnPlace place, VisitRule rule)
    {
        int selector = state.SelectorOf(rule.Of);
        return place.Table!.CellOf(
            $"visit {rule.Gap.Ticks} {rule.Of}", place.Purposes, () => new VisitCell(selector, rule.Gap) { Purposes = place.Purposes });
    }

    /// <summary>What the catalogue says of titles, in numbers.</summary>
    public TitleFactsCell Facts() =>
        state.TableOf(FeatureScope.Title).CellOf("facts", ConsentPurposes.None, static () => new TitleFactsCell());

    /// <summary>An attribute of titles.</summary>
    public TitleAttributesCell Attributes(FeatureAttribute attribute) => state.TableOf(FeatureScope.Title).CellOf(
        $"attributes {attribute}", ConsentPurposes.None, () => new TitleAttributesCell(attribute));
}
