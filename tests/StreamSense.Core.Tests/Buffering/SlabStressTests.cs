using System.Runtime.CompilerServices;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

public sealed class SlabStressTests
{
    private const int Stable = 50;

    [Fact]
    public void TryRead_WhileTheWriterWritesAddsRemovesAndGrows_NeverTornNeverForeignNeverMissing()
    {
        using var slab = new Slab<Wide>(100_000);
        for (ulong key = 1; key <= Stable; key++)
        {
            Write(slab, key, 1);
        }

        bool stop = false;
        long reads = 0;
        Threads.Run(
            () =>
            {
                try
                {
                    Churn(slab);
                }
                finally
                {
                    Volatile.Write(ref stop, true);
                }
            },
            () =>
            {
                while (!Volatile.Read(ref stop))
                {
                    reads += ReadStable(slab);
                }
            },
            () =>
            {
                while (!Volatile.Read(ref stop))
                {
                    ReadComing(slab);
                    Scan(slab);
                }
            });

        Assert.True(reads > 0);
        Assert.Equal(Stable, slab.Count);
    }

    private static void Churn(Slab<Wide> slab)
    {
        const ulong Away = 1000;
        const ulong Window = 3000;
        for (ulong i = 0; i < 200_000; i++)
        {
            Write(slab, Away + i, i);
            if (i >= Window)
            {
                Assert.True(slab.Remove(Away + i - Window));
            }

            Write(slab, 1 + (i % Stable), i);
        }

        for (ulong i = 200_000 - Window; i < 200_000; i++)
        {
            Assert.True(slab.Remove(Away + i));
        }
    }

    private static long ReadStable(Slab<Wide> slab)
    {
        for (ulong key = 1; key <= Stable; key++)
        {
            Assert.True(slab.TryRead(key, out Wide copy), "A row that was there all the time was missed.");
            Check(key, in copy);
        }

        return Stable;
    }

    private static void ReadComing(Slab<Wide> slab)
    {
        for (ulong key = 1000; key < 201_000; key += 97)
        {
            if (slab.TryRead(key, out Wide copy))
            {
                Check(key, in copy);
            }
        }
    }

    private static void Scan(Slab<Wide> slab)
    {
        for (int row = 0; row < slab.RowsInUse; row++)
        {
            if (slab.TryReadAt(row, out ulong key, out Wide copy))
            {
                Check(key, in copy);
            }
        }
    }

    private static void Write(Slab<Wide> slab, ulong key, ulong value)
    {
        Assert.True(slab.TryGetOrAdd(key, out int row, out _));
        ref Wide wide = ref slab.BeginWrite(row);
        for (int i = 0; i < Wide.Words; i++)
        {
            wide[i] = key ^ (value * (ulong)(i + 1));
        }

        slab.EndWrite(row);
    }

    // Every word follows from the key and one value; a cleared row is one that was just added.
    private static void Check(ulong key, in Wide wide)
    {
        ulong value = wide[0] ^ key;
        bool cleared = true;
        bool whole = true;
        for (int i = 0; i < Wide.Words; i++)
        {
            cleared &= wide[i] == 0;
            whole &= wide[i] == (key ^ (value * (ulong)(i + 1)));
        }

        Assert.True(whole || cleared, "A torn row, or another key's.");
    }

    [InlineArray(Words)]
    private struct Wide
    {
        public const int Words = 24;
        private ulong _first;
    }
}
