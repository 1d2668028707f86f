using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

/// <summary>What every sketch promises whose state is the same however its input came together: all compared byte by byte.</summary>
internal static class SketchLaws
{
    /// <summary>Checks merging, order and the byte format over random inputs.</summary>
    /// <param name="start">A new sketch.</param>
    /// <param name="add">Adds what a number stands for.</param>
    public static void Hold<TSketch>(Func<TSketch> start, Action<TSketch, int> add)
        where TSketch : ISketch<TSketch>
    {
        TSketch Of(params IEnumerable<int>[] parts)
        {
            TSketch sketch = start();
            foreach (int item in parts.SelectMany(part => part))
            {
                add(sketch, item);
            }

            return sketch;
        }

        Prop.ForAll<int[], int[], int[]>((a, b, c) =>
        {
            byte[] whole = BytesOf(Of(a, b, c));
            TSketch left = Merged(Merged(Of(a), Of(b)), Of(c));
            TSketch right = Merged(Of(a), Merged(Of(b), Of(c)));
            TSketch turned = Merged(Merged(Of(c), Of(b)), Of(a));
            TSketch permuted = Of(a.Concat(b).Concat(c).OrderBy(item => (uint)item * 0x9E3779B9u));
            TSketch read = Merged(TSketch.Read(BytesOf(Of(a))), TSketch.Read(BytesOf(Of(b, c))));
            TSketch again = Of(b);
            again.Clear();
            again = Merged(again, Of(a, b, c));
            return Same(whole, left, right, turned, permuted, read, again)
                && Same(whole, Merged(start(), Of(a, b, c)), Merged(Of(a, b, c), start()), TSketch.Read(whole));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>A sketch's bytes.</summary>
    public static byte[] BytesOf<TSketch>(TSketch sketch)
        where TSketch : ISketch<TSketch>
    {
        var output = new ArrayBufferWriter<byte>();
        sketch.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private static TSketch Merged<TSketch>(TSketch into, TSketch other)
        where TSketch : ISketch<TSketch>
    {
        byte[] before = BytesOf(other);
        into.Merge(other);
        Assert.Equal(before, BytesOf(other));
        return into;
    }

    private static bool Same<TSketch>(byte[] expected, params TSketch[] sketches)
        where TSketch : ISketch<TSketch> => Array.TrueForAll(sketches, sketch => BytesOf(sketch).AsSpan().SequenceEqual(expected));
}
