using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads the card of a model file.</summary>
internal static class CardSection
{
    private const int TextBytes = sizeof(int);

    // What a calendar can say.
    private static readonly long _first = EventTime.From(DateTimeOffset.MinValue).UnixMicroseconds;
    private static readonly long _last = EventTime.From(DateTimeOffset.MaxValue).UnixMicroseconds;

    /// <summary>Writes a card.</summary>
    public static void Write(ModelCard card, ModelSectionWriter to)
    {
        to.WriteText(card.Kind);
        to.WriteInt32(card.KindRevision);
        to.WriteText(card.Name);
        to.WriteText(card.Version);
        WriteOptional(to, card.TrainedAt?.UnixMicroseconds);
        WriteOptional(to, card.Seed);
        WriteLayout(card.Layout, to);
        to.WriteInt32(card.Metrics.Count);
        foreach ((string name, double value) in card.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            to.WriteText(name);
            to.WriteDouble(value);
        }

        to.WriteBoolean(card.Data is not null);
        if (card.Data is { } data)
        {
            to.WriteInt64(data.Rows);
            WriteOptional(to, data.From?.UnixMicroseconds);
            WriteOptional(to, data.To?.UnixMicroseconds);
        }

        to.WriteText(card.Options);
        to.WriteInt32(card.Tags.Count);
        foreach ((string name, string value) in card.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            to.WriteText(name);
            to.WriteText(value);
        }
    }

    /// <summary>Reads a card.</summary>
    /// <exception cref="ModelFormatException">It is none.</exception>
    public static ModelCard Read(ModelSectionReader from)
    {
        string kind = from.ReadText();
        int revision = from.ReadInt32();
        string name = from.ReadText();
        string version = from.ReadText();
        EventTime? trainedAt = ReadTime(from);
        long? seed = ReadOptional(from);
        ModelLayout? layout = ReadLayout(from);
        ImmutableSortedDictionary<string, double> metrics = ReadMetrics(from);
        ModelDataRange? data = from.ReadBoolean()
            ? new ModelDataRange(from.ReadInt64(), ReadTime(from), ReadTime(from))
            : null;
        var card = new ModelCard
        {
            Kind = kind,
            KindRevision = revision,
            Name = name,
            Version = version,
            TrainedAt = trainedAt,
            Seed = seed,
            Layout = layout,
            Metrics = metrics,
            Data = data,
            Options = from.ReadText(),
            Tags = ReadTags(from),
        };
        from.End();
        try
        {
            card.Validate();
        }
        catch (ArgumentException exception)
        {
            throw from.Damaged(exception.Message, exception);
        }

        return card;
    }

    private static void WriteOptional(ModelSectionWriter to, long? value)
    {
        to.WriteBoolean(value.HasValue);
        if (value is { } number)
        {
            to.WriteInt64(number);
        }
    }

    private static EventTime? ReadTime(ModelSectionReader from) => ReadOptional(from) switch
    {
        null => null,
        { } time when time >= _first && time <= _last => new EventTime(time),
        { } other => throw from.Damaged($"{other} microseconds are no time"),
    };

    private static long? ReadOptional(ModelSectionReader from) => from.ReadBoolean() ? from.ReadInt64() : null;


    private static void WriteLayout(ModelLayout? layout, ModelSectionWriter to)
    {
        to.WriteBoolean(layout is not null);
        if (layout is null)
        {
            return;
        }

        to.WriteUInt64(layout.Hash);
        to.WriteInt32(layout.Features.Length);
        foreach (ModelFeature feature in layout.Features)
        {
            to.WriteText(feature.Name);
            to.WriteText(feature.Scope);
            to.WriteInt32(feature.Revision);
            to.WriteSingle(feature.Least ?? float.NaN);
            to.WriteSingle(feature.Most ?? float.NaN);
        }
    }

    private static ModelLayout? ReadLayout(ModelSectionReader from)
    {
        if (!from.ReadBoolean())
        {
            return null;
        }

        ulong hash = from.ReadUInt64();
        int count = from.ReadCount(TextBytes + TextBytes + sizeof(int) + sizeof(float) + sizeof(float));
        ImmutableArray<ModelFeature>.Builder features = ImmutableArray.CreateBuilder<ModelFeature>(count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            var feature = new ModelFeature(from.ReadText(), from.ReadText(), from.ReadInt32());
            if (!names.Add(feature.Name))
            {
                throw from.Damaged($"the feature {feature.Name} is there twice");
            }

            features.Add(feature with { Least = Known(from.ReadSingle()), Most = Known(from.ReadSingle()) });
        }

        return new ModelLayout(features.MoveToImmutable(), hash);
    }

    private static float? Known(float value) => float.IsNaN(value) ? null : value;

    private static ImmutableSortedDictionary<string, double> ReadMetrics(ModelSectionReader from)
    {
        ImmutableSortedDictionary<string, double>.Builder metrics = ModelCard.Sorted<double>().ToBuilder();
        for (int left = from.ReadCount(TextBytes + sizeof(double)); left > 0; left--)
        {
            metrics[from.ReadText()] = from.ReadDouble();
        }

        return metrics.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadTags(ModelSectionReader from)
    {
        ImmutableSortedDictionary<string, string>.Builder tags = ModelCard.Sorted<string>().ToBuilder();
        for (int left = from.ReadCount(TextBytes + TextBytes); left > 0; left--)
        {
            tags[from.ReadText()] = from.ReadText();
        }

        return tags.ToImmutable();
    }
}
