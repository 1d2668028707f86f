using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.Columns;
using StreamSense.Ml.Features.Declarations;
using StreamSense.Ml.Features.Expressions;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Planning;

/// <summary>Makes columns, and the state they read, of declared features.</summary>
/// <remarks>Features that need the same state share it.</remarks>
internal sealed class ColumnCompiler
{
    private const double MicrosecondsPerHour = 3_600_000_000;
    private const double MicrosecondsPerMinute = 60_000_000;

    private readonly StatePlan _state;
    private readonly CellPlacer _cells;
    private readonly Catalogue _catalogue;
    private readonly ISegmentReader? _segments;
    private readonly IReadOnlyDictionary<string, IVectorSource> _vectors;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly FeatureSet _set;

    /// <summary>Creates a compiler.</summary>
    public ColumnCompiler(
        FeatureSet set, StatePlan state, Catalogue catalogue, ISegmentReader? segments, IReadOnlyDictionary<string, IVectorSource> vectors)
    {
        _set = set;
        _state = state;
        _cells = new CellPlacer(state);
        _catalogue = catalogue;
        _segments = segments;
        _vectors = vectors;
        for (int i = 0; i < set.Features.Length; i++)
        {
            _columns.Add(set.Features[i].Name, i);
        }
    }

    /// <summary>How many registers the expressions need.</summary>
    public int Registers { get; private set; }

    /// <summary>Compiles all features: each column behind those it is computed from.</summary>
    /// <exception cref="FeatureSetException">A feature asks for segments or vectors that are not there.</exception>
    public Column[] Compile()
    {
        ImmutableArray<FeatureDefinition> features = _set.Features;
        var columns = new Column[features.Length];
        IReadOnlyList<int> order = FeatureSetChecks.CheckOrder(features);
        foreach (int index in order)
        {
            columns[index] = Compile(features[index], index, columns);
        }

        return [.. order.Select(index => columns[index])];
    }

    private Column Compile(FeatureDefinition feature, int index, Column[] columns)
    {
        TablePlan? table = feature.Scope == FeatureScope.Request || feature.Rule is ExpressionRule ? null : _state.TableOf(feature.Scope, feature.Dimension);
        var place = new ColumnPlace(index, feature, table);
        Column column = CompileCount(place) ?? CompileTaste(place) ?? CompileTold(place, columns);
        if (feature.Ttl is not { } ttl)
        {
            return column;
        }

        EventSelector selector = FeatureSetChecks.SelectorOf(feature.Rule)!;
        TimeCell last = _cells.Time(place, selector, first: false);
        return new TtlColumn(column, table!, last, ttl) { Place = place };
    }

    private Column? CompileCount(ColumnPlace place)
    {
        switch (place.Feature.Rule)
        {
            case WindowRule rule:
                long bucket = rule.Window.Ticks / TimeSpan.TicksPerMicrosecond / rule.Buckets;
                RingCell ring = _cells.Ring(place, rule.Of, bucket, rule.Buckets);
                int window = place.Table!.WindowOf(ring, rule.Buckets);
                return new MillionthsColumn(() => window, isWindow: true) { Place = place };
            case TotalRule rule:
                TotalCell total = _cells.Total(place, rule.Of);
                return new MillionthsColumn(() => total.Offset, isWindow: false) { Place = place };
            case RecencyRule rule:
                TimeCell time = _cells.Time(place, rule.Of, rule.First);
                return new AgeColumn(() => time.Offset, MicrosecondsPerHour) { Place = place };
            case DecayRule rule:
                FadingSums sums = _cells.Sums(place, rule.HalfLife);
                return new FadingColumn(sums, sums.PlaceOf(_state.SelectorOf(rule.Of))) { Place = place };
            case RateRule rule:
                return Rate(place, rule);
            case MeanRule rule:
                return Mean(place, rule);
            case WatchRatioRule rule:
                return WatchRatio(place, rule);
            default:
                return null;
        }
    }

    private RateColumn Rate(ColumnPlace place, RateRule rule)
    {
        FadingSums sums = _cells.Sums(place, rule.HalfLife);
        int of = sums.PlaceOf(_state.SelectorOf(rule.Of));
        int among = sums.PlaceOf(_state.SelectorOf(rule.Among));
        SumOfEverything ofAll = _cells.Everything(rule.Of, rule.HalfLife);
        SumOfEverything amongAll = _cells.Everything(rule.Among, rule.HalfLife);
        return new RateColumn(sums, of, among, ofAll, amongAll, rule) { Place = place };
    }

    private MeanColumn Mean(ColumnPlace place, MeanRule rule)
    {
        FadingSums sums = _cells.Sums(place, rule.HalfLife);
        EventSelector seen = CellPlacer.CountOf(rule.Of);
        int total = sums.PlaceOf(_state.SelectorOf(rule.Of));
        int count = sums.PlaceOf(_state.SelectorOf(seen));
        SumOfEverything totalOfAll = _cells.Everything(rule.Of, rule.HalfLife);
        SumOfEverything countOfAll = _cells.Everything(seen, rule.HalfLife);
        return new MeanColumn(sums, total, count, totalOfAll, countOfAll, rule.PriorWeight) { Place = place };
    }

    private WatchRatioColumn WatchRatio(ColumnPlace place, WatchRatioRule rule)
    {
        EventSelector seen = CellPlacer.CountOf(rule.Of);
        FadingSums sums = _cells.Sums(place, rule.HalfLife);
        int total = sums.PlaceOf(_state.SelectorOf(rule.Of));
        int count = sums.PlaceOf(_state.SelectorOf(seen));
        TablePlan lengths = _state.TableOf(FeatureScope.Dimension, FeatureDimension.Length);
        FadingSums lengthSums = CellPlacer.SumsOf(lengths, rule.HalfLife, ConsentPurposes.None);
        int lengthTotal = lengthSums.PlaceOf(_state.SelectorOf(rule.Of));
        int lengthCount = lengthSums.PlaceOf(_state.SelectorOf(seen));
        return new WatchRatioColumn(
            sums, total, count, _cells.Facts(), lengths, lengthSums, lengthTotal, lengthCount, rule.PriorWeight) { Place = place };
    }

    private Column? CompileTaste(ColumnPlace place) => place.Feature.Rule switch
    {
        AffinityRule rule => Affinity(place, rule),
        SimilarityRule rule => Similarity(place, rule),
        VectorRule rule => new VectorColumn(_cells.Recent(place, rule.Of, rule.Last), VectorsOf(place, rule.Vectors)) { Place = place },
        ProfileRule rule => Person(place, _cells.Profile(place, rule), PersonReadings.Profile),
        PreferenceRule rule => Preference(place, rule),
        BingeRule rule => Person(place, _cells.Binge(place, rule), PersonReadings.Binge),
        VisitRule rule => Person(
            place, _cells.Visit(place, rule), (scratch, table, cell) => PersonReadings.Visit(scratch, table, cell, rule.Measure)),
        _ => null,
    };

    private AttributeColumn Affinity(ColumnPlace place, AffinityRule rule)
    {
        FadingMap map = _cells.Map(place, rule.Of, rule.HalfLife, rule.Slots, rule.Attribute, FeatureDimension.None);
        TablePlan table = place.Table!;
        return new AttributeColumn(
            rule.Slots, _state.TableOf(FeatureScope.Title), _cells.Attributes(rule.Attribute), isMean: false,
            (scratch, weights) => AttributeReadings.Affinity(scratch, weights, table, map)) { Place = place };
    }

    private AttributeColumn Similarity(ColumnPlace place, SimilarityRule rule)
    {
        RecentCell recent = _cells.Recent(place, rule.Of, rule.Last);
        TitleAttributesCell attributes = _cells.Attributes(rule.Attribute);
        var readings = new AttributeReadings(_state.TableOf(FeatureScope.Title), _catalogue);
        TablePlan table = place.Table!;
        return new AttributeColumn(
            rule.Last * TitleAttributes.Most, _state.TableOf(FeatureScope.Title), attributes, isMean: true,
            (scratch, weights) => readings.Similarity(scratch, weights, table, recent, attributes)) { Place = place };
    }

    private PersonColumn Preference(ColumnPlace place, PreferenceRule rule)
    {
        FadingMap map = _cells.Map(place, rule.Of, rule.HalfLife, rule.Slots, null, rule.Dimension);
        DimensionKeys keys = _state.Keys;
        return Person(place, map, (scratch, table, cell) =>
            PersonReadings.Preference(scratch, table, cell, keys.KeyOf(scratch.Query, rule.Dimension)));
    }

    private static PersonColumn Person<T>(ColumnPlace place, T cell, Func<FillScratch, TablePlan, T, double> read)
        where T : StateCell
    {
        TablePlan table = place.Table!;
        return Told(place, scratch => read(scratch, table, cell));
    }

    private static PersonColumn Told(ColumnPlace place, Func<FillScratch, double> read) => new(read) { Place = place };

    private Column CompileTold(ColumnPlace place, Column[] columns)
    {
        switch (place.Feature.Rule)
        {
            case RequestRule rule:
                return Told(place, scratch => PersonReadings.Request(scratch, rule));
            case RequestIsRule rule:
                ulong wanted = NameHash.Of(rule.Name);
                DimensionKeys keys = _state.Keys;
                return Told(place, scratch => PersonReadings.RequestIs(keys.KeyOf(scratch.Query, rule.Dimension), wanted));
            case Rules.SegmentRule rule:
                int bit = _segments?.Names.IndexOf(rule.Segment) ?? -1;
                ISegmentReader segments = bit >= 0
                    ? _segments! : throw new FeatureSetException(place.Feature.Name, $"there is no segment '{rule.Segment}'.");
                return Told(place, scratch => PersonReadings.Segment(scratch, segments, bit));
            case ExpressionRule rule:
                return Expression(place, rule, columns);
            default:
                return CompileCatalogue(place, (CatalogueRule)place.Feature.Rule!);
        }
    }

    private ExpressionColumn Expression(ColumnPlace place, ExpressionRule rule, Column[] columns)
    {
        ExpressionNode root = ExpressionParser.Parse(rule.Text, place.Feature.Name);
        var program = new ExpressionProgram(root, name => _columns[name], _set.Features.Length, place.Feature.Name);
        Registers = Math.Max(Registers, program.Registers);
        var names = new HashSet<string>(StringComparer.Ordinal);
        root.AddFeaturesTo(names);
        foreach (string name in names)
        {
            columns[_columns[name]].IsOperand = true;
        }

        return new ExpressionColumn(program, names.All(name => columns[_columns[name]].IsConstant)) { Place = place };
    }

    private Column CompileCatalogue(ColumnPlace place, CatalogueRule rule)
    {
        TitleFactsCell facts = _cells.Facts();
        Column column = rule.Measure switch
        {
            CatalogueMeasure.Freshness => new FreshnessColumn(() => facts.Offset + TitleFactsCell.Published, rule.HalfLife.TotalMicroseconds) { Place = place },
            CatalogueMeasure.AgeDays => new AgeColumn(() => facts.Offset + TitleFactsCell.Published, MicrosecondsPerHour * 24) { Place = place },
            CatalogueMeasure.DurationMinutes =>
                new NumberColumn(() => facts.Offset + TitleFactsCell.Duration, 0, -1, 0, MicrosecondsPerMinute) { Place = place },
            CatalogueMeasure.Season => Number(place, facts, 0),
            CatalogueMeasure.Episode => Number(place, facts, 1),
            _ => Number(place, facts, 2),
        };
        return column;
    }

    private static NumberColumn Number(ColumnPlace place, TitleFactsCell facts, int part) =>
        new(() => facts.Offset + TitleFactsCell.Numbers, part * TitleFactsCell.Bits, TitleFactsCell.Mask, 1, 1) { Place = place };

    private IVectorSource VectorsOf(ColumnPlace place, string name)
    {
        if (!_vectors.TryGetValue(name, out IVectorSource? vectors))
        {
            throw new FeatureSetException(place.Feature.Name, $"there are no vectors '{name}'.");
        }

        return vectors.Dimensions is >= 1 and <= 4096
            ? vectors : throw new FeatureSetException(place.Feature.Name, "a vector has from 1 to 4,096 numbers.");
    }
}
