using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

public sealed class RecencyListTests
{
    [Fact]
    public void Oldest_AnyTouchesAndRemovals_IsThatOfAPlainList() => Prop.ForAll<int[]>(steps =>
    {
        var list = new RecencyList();
        var model = new List<int>();
        foreach (int step in steps)
        {
            int row = Math.Abs(step % 9);
            bool removes = step < 0;
            if (!model.Remove(row))
            {
                if (!removes)
                {
                    list.Add(row);
                }
            }
            else if (removes)
            {
                list.Remove(row);
            }
            else
            {
                list.Touch(row);
            }

            if (!removes)
            {
                model.Add(row);
            }

            if (list.Oldest != (model.Count == 0 ? -1 : model[0]))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();
}
