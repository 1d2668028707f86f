namespace StreamSense.Ml.Training.Interactions;

/// <summary>Goes through all interactions in a random order in which several threads never meet at a user or an item.</summary>
/// <remarks>
/// Users and items are each dealt into as many blocks, and an epoch has as many rounds: in a round every block of users is paired with
/// another block of items, and the pairs are walked at the same time (Gemulla, Nijkamp, Haas and Sismanis, "Large-Scale Matrix
/// Factorization with Distributed Stochastic Gradient Descent", 2011). Items are dealt anew for each epoch. How many blocks there are
/// depends on the data alone, and each pair draws from numbers of its own: the same bits on any number of threads. The vectors of a pair
/// fit the second cache, too. Memory: 12 bytes an interaction and 16 bytes an item.
/// </remarks>
internal sealed class Strata
{
    private const int CellsOfBlock = 8_192;
    private const int MaxBlocks = 16;

    private readonly InteractionMatrix _data;
    private readonly long _seed;
    private readonly Cell[] _cells;
    private readonly int[][] _usersOf;
    private readonly int[] _starts;
    private readonly int[] _itemsRanked;
    private readonly int[] _blockOf;
    private readonly int[][] _itemsOf;

    /// <summary>Deals the users.</summary>
    /// <param name="data">The interactions.</param>
    /// <param name="seed">What the order depends on.</param>
    public Strata(InteractionMatrix data, long seed)
    {
        _data = data;
        _seed = seed;
        Blocks = Math.Clamp(Math.Min(data.Count / CellsOfBlock, Math.Min(data.Users, data.Items)), 1, MaxBlocks);
        _cells = new Cell[data.Count];
        _starts = new int[(Blocks * Blocks) + 1];
        _starts[^1] = data.Count;
        _itemsRanked = Ranked(data.Items, item => data.UsersOf(item).Length);
        _blockOf = new int[data.Items];
        _usersOf = Rows(data.Users, Blocks);
        _itemsOf = Rows(data.Items, Blocks);
        SplitMix random = RandomOf(0);
        Deal(Ranked(data.Users, user => data.ItemsOf(user).Length), _usersOf, ref random);
    }

    /// <summary>How many blocks users and items are dealt into.</summary>
    public int Blocks { get; }

    /// <summary>The items of a block in this epoch.</summary>
    public ReadOnlySpan<int> ItemsOf(int block) => _itemsOf[block];

    /// <summary>Deals the items for an epoch.</summary>
    /// <param name="epoch">Which, from 0.</param>
    /// <param name="threads">How many threads work at most.</param>
    /// <param name="cancellation">Ends it early.</param>
    public void Deal(int epoch, int threads, CancellationToken cancellation)
    {
        SplitMix random = RandomOf(1 + (epoch * ((Blocks * Blocks) + 1L)));
        Deal(_itemsRanked, _itemsOf, ref random);
        for (int block = 0; block < Blocks; block++)
        {
            foreach (int item in _itemsOf[block])
            {
                _blockOf[item] = block;
            }
        }

        int start = 0;
        for (int block = 0; block < Blocks; block++)
        {
            _starts[block * Blocks] = start;
            foreach (int user in _usersOf[block])
            {
                start += _data.ItemsOf(user).Length;
            }
        }

        FixedChunks.Run(Blocks, 1, threads, () => new int[Blocks], (block, _, next) => Scatter(block, next), cancellation);
    }

    /// <summary>Walks all interactions once, as they were dealt.</summary>
    /// <param name="epoch">Which epoch.</param>
    /// <param name="threads">How many threads work at most.</param>
    /// <param name="walk">What is done with the interactions of a pair of blocks; it gives a sum.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The sum of the sums.</returns>
    public double Walk(int epoch, int threads, StratumWalk walk, CancellationToken cancellation)
    {
        var sums = new double[Blocks * Blocks];
        for (int round = 0; round < Blocks; round++)
        {
            int shift = round;
            FixedChunks.Run(
                Blocks,
                1,
                threads,
                () => 0,
                (block, _, _) =>
                {
                    int items = (block + shift) % Blocks;
                    int pair = (block * Blocks) + items;
                    SplitMix random = RandomOf(2 + pair + (epoch * ((Blocks * Blocks) + 1L)));
                    sums[pair] = walk(_cells.AsSpan(_starts[pair].._starts[pair + 1]), items, ref random);
                },
                cancellation);
        }

        double total = 0;
        foreach (double sum in sums)
        {
            total += sum;
        }

        return total;
    }

    /// <summary>Takes the next interaction of a random order, which is drawn while it is walked: one exchange a step (Fisher and
    /// Yates).</summary>
    /// <param name="cells">The interactions.</param>
    /// <param name="index">Which is next.</param>
    /// <param name="random">What is drawn from.</param>
    public static Cell Draw(Span<Cell> cells, int index, ref SplitMix random)
    {
        int other = index + random.Below(cells.Length - index);
        Cell cell = cells[other];
        cells[other] = cells[index];
        cells[index] = cell;
        return cell;
    }

    private static int[] Ranked(int count, Func<int, int> lengthOf)
    {
        var ranked = new int[count];
        var keys = new long[count];
        for (int i = 0; i < count; i++)
        {
            ranked[i] = i;
            keys[i] = ((long)-lengthOf(i) << 32) | (uint)i;
        }

        Array.Sort(keys, ranked);
        return ranked;
    }

    private static int[][] Rows(int count, int blocks)
    {
        var rows = new int[blocks][];
        for (int block = 0; block < blocks; block++)
        {
            rows[block] = new int[(count / blocks) + (block < count % blocks ? 1 : 0)];
        }

        return rows;
    }

    // As cards of one rank after the other, each block one: every block has as many often taken items as any other.
    private static void Deal(int[] ranked, int[][] blocks, ref SplitMix random)
    {
        Span<int> order = stackalloc int[blocks.Length];
        for (int from = 0; from < ranked.Length; from += order.Length)
        {
            int some = Math.Min(order.Length, ranked.Length - from);
            for (int i = 0; i < some; i++)
            {
                int place = random.Below(i + 1);
                order[i] = order[place];
                order[place] = i;
            }

            for (int i = 0; i < some; i++)
            {
                blocks[order[i]][from / order.Length] = ranked[from + i];
            }
        }
    }

    // Streams of one seed are the same sequence, begun one later each: a start drawn from them is not.
    private SplitMix RandomOf(long number)
    {
        var root = new SplitMix(unchecked(_seed + (number << 20)), stream: 3);
        return new SplitMix(unchecked((long)root.Next()));
    }

    private void Scatter(int block, int[] next)
    {
        next.AsSpan().Clear();
        foreach (int user in _usersOf[block])
        {
            foreach (int item in _data.ItemsOf(user))
            {
                next[_blockOf[item]]++;
            }
        }

        int start = _starts[block * Blocks];
        for (int items = 0; items < Blocks; items++)
        {
            _starts[(block * Blocks) + items] = start;
            start += next[items];
            next[items] = start - next[items];
        }

        foreach (int user in _usersOf[block])
        {
            ReadOnlySpan<int> items = _data.ItemsOf(user);
            ReadOnlySpan<float> values = _data.ValuesOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                _cells[next[_blockOf[items[i]]]++] = new Cell(user, items[i], values[i]);
            }
        }
    }

    /// <summary>An interaction.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Item">The item.</param>
    /// <param name="Value">The rating, or 1 where there is none.</param>
    internal readonly record struct Cell(int User, int Item, float Value);

    /// <summary>Does something with the interactions of a pair of blocks, one after the other.</summary>
    /// <param name="cells">The interactions; may be put in another order.</param>
    /// <param name="itemBlock">Which block their items are of.</param>
    /// <param name="random">What is drawn from.</param>
    /// <returns>What is summed.</returns>
    internal delegate double StratumWalk(Span<Cell> cells, int itemBlock, ref SplitMix random);
}
