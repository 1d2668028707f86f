using System.Runtime.InteropServices;

namespace StreamSense.Core.Sessions;

/// <summary>The attempts of each player, so that a request for another title finds those it supersedes.</summary>
/// <remarks>
/// Open ones, and ended ones for as long as their past is kept: a request that comes late may have ended them earlier. A player holds at
/// most <see cref="MaxViewsOfPlayer"/>; beyond, ended ones leave the index before open ones, which end by silence then, and older ones
/// before younger.
/// </remarks>
internal sealed class PlayerIndex(ViewTable table)
{
    public const int MaxViewsOfPlayer = 64;

    private readonly Dictionary<PlayerKey, Chain> _players = [];

    /// <summary>The oldest attempt of a player, or <see cref="ViewTable.NoRow"/>.</summary>
    public int Head(PlayerKey player) => _players.TryGetValue(player, out Chain chain) ? chain.Head : ViewTable.NoRow;

    public void Add(int row)
    {
        ref ViewRow view = ref table[row];
        if (view.InPlayerIndex || view.Device.IsNone)
        {
            return;
        }

        ref Chain chain = ref CollectionsMarshal.GetValueRefOrAddDefault(_players, KeyOf(view), out bool known);
        view.NextOfPlayer = ViewTable.NoRow;
        view.PreviousOfPlayer = known ? chain.Tail : ViewTable.NoRow;
        view.InPlayerIndex = true;
        if (known)
        {
            table[chain.Tail].NextOfPlayer = row;
        }
        else
        {
            chain.Head = row;
        }

        chain.Tail = row;
        chain.Count++;
        if (chain.Count > MaxViewsOfPlayer)
        {
            Remove(RowToLeave(chain.Head));
        }
    }

    /// <summary>The player that a view is at.</summary>
    public static PlayerKey KeyOf(in ViewRow view) => new(view.Device, view.Source);

    /// <summary>Takes a view out.</summary>
    public void Remove(int row) => Remove(row, KeyOf(table[row]));

    /// <summary>Takes a view out whose device or source has changed since it was put in.</summary>
    public void Remove(int row, PlayerKey key)
    {
        ref ViewRow view = ref table[row];
        if (!view.InPlayerIndex)
        {
            return;
        }

        ref Chain chain = ref CollectionsMarshal.GetValueRefOrNullRef(_players, key);
        if (view.PreviousOfPlayer == ViewTable.NoRow)
        {
            chain.Head = view.NextOfPlayer;
        }
        else
        {
            table[view.PreviousOfPlayer].NextOfPlayer = view.NextOfPlayer;
        }

        if (view.NextOfPlayer == ViewTable.NoRow)
        {
            chain.Tail = view.PreviousOfPlayer;
        }
        else
        {
            table[view.NextOfPlayer].PreviousOfPlayer = view.PreviousOfPlayer;
        }

        view.InPlayerIndex = false;
        chain.Count--;
        if (chain.Count == 0)
        {
            _players.Remove(key);
        }
    }

    private int RowToLeave(int head)
    {
        for (int row = head; row != ViewTable.NoRow; row = table[row].NextOfPlayer)
        {
            if (table[row].Has(ViewFlags.Ended))
            {
                return row;
            }
        }

        return head;
    }

    private struct Chain
    {
        public int Head;
        public int Tail;
        public int Count;
    }
}
