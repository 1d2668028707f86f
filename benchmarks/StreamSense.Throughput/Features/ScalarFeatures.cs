using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Throughput.Features;

/// <summary>The same 50 numbers by a straightforward loop: a row a title, one number after the other.</summary>
internal sealed class ScalarFeatures(int titles, EventTime now)
{
    private const int ViewerColumns = 23;
    private const double MicrosecondsPerDay = 86_400_000_000;

    private readonly Row[] _rows = new Row[titles];
    private readonly Dictionary<TitleId, int> _places = new(titles);
    private readonly double[] _everything = new double[6];
    private readonly double[] _viewer = [.. Enumerable.Range(1, ViewerColumns).Select(i => 1.0 / i)];

    /// <summary>Takes what happened to a title: its row, an impression, a click, an addition to a list.</summary>
    public void Take(int number, ReadOnlySpan<StreamEvent> events)
    {
        ref readonly TitlePayload facts = ref events[0].ReadPayload<TitlePayload>();
        ref Row row = ref _rows[number];
        row.Published = facts.PublishedMicroseconds;
        row.Duration = facts.DurationMicroseconds;
        row.Season = facts.Season;
        row.Episode = facts.Episode;
        row.Type = (int)facts.Type;
        row.Total = 1;
        row.At = now.UnixMicroseconds;
        row.Last = events[1].Time.UnixMicroseconds;
        row.Click = events[2].Time.UnixMicroseconds;
        for (int i = 0; i < 6; i++)
        {
            double days = (now.UnixMicroseconds - events[1 + (i % 3)].Time.UnixMicroseconds) / MicrosecondsPerDay;
            row.Sums[i] = Math.Pow(2, -days / (i < 3 ? 1 : 7));
            _everything[i] += row.Sums[i];
        }

        _places[events[0].Title] = number;
    }

    /// <summary>Computes the numbers of titles that are known by id.</summary>
    public void Fill(ReadOnlySpan<TitleId> ids, Span<float> columns)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            Fill(_rows[_places[ids[i]]], i, ids.Length, columns);
        }
    }

    /// <summary>Computes the numbers of titles that are known by number.</summary>
    public void Fill(ReadOnlySpan<int> numbers, Span<float> columns)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            Fill(_rows[numbers[i]], i, numbers.Length, columns);
        }
    }

    private void Fill(in Row row, int candidate, int count, Span<float> columns)
    {
        int column = candidate;
        for (int i = 0; i < ViewerColumns; i++, column += count)
        {
            columns[column] = (float)_viewer[i];
        }

        double time = now.UnixMicroseconds;
        double age = (time - row.Published) / MicrosecondsPerDay;
        Put(columns, ref column, count, Math.Exp(-age / 30 * 0.6931471805599453));
        Put(columns, ref column, count, age);
        Put(columns, ref column, count, row.Duration / 6e7);
        Put(columns, ref column, count, row.Season);
        Put(columns, ref column, count, row.Episode);
        Put(columns, ref column, count, row.Type);
        Put(columns, ref column, count, row.Total);
        Put(columns, ref column, count, (time - row.Last) / 3.6e9);
        Put(columns, ref column, count, (time - row.Click) / 3.6e9);
        for (int i = 0; i < 6; i++)
        {
            double halfLife = i < 3 ? 1 : 7;
            double fade = Math.Exp(-(time - row.At) / MicrosecondsPerDay / halfLife * 0.6931471805599453);
            double sum = row.Sums[i] * fade;
            double of = row.Sums[(i + 1) % 3] * fade;
            Put(columns, ref column, count, sum);
            Put(columns, ref column, count, (10 + of) / ((10 * _everything[i] / _everything[(i + 1) % 3]) + sum));
            Put(columns, ref column, count, Math.Log(1 + sum) * _viewer[i]);
        }
    }

    private static void Put(Span<float> columns, ref int column, int count, double value)
    {
        columns[column] = (float)value;
        column += count;
    }

    private struct Row
    {
        public long Published;
        public long Duration;
        public long At;
        public long Last;
        public long Click;
        public long Total;
        public int Season;
        public int Episode;
        public int Type;
        public SixSums Sums;
    }

    [System.Runtime.CompilerServices.InlineArray(6)]
    private struct SixSums
    {
        private double _first;
    }
}
