namespace StreamSense.Core.Sessions;

/// <summary>
/// The numbers of the groups that a view's numbers belong to, beside the whole, which is 0: what <see cref="ViewDimensions"/> became when
/// they were last looked up.
/// </summary>
/// <remarks>
/// Given by <see cref="ISessionObserver.GroupsOf"/>; a group keeps its number. The default value means: not looked up yet.
/// </remarks>
internal readonly record struct ViewGroups(int Title, int Cdn, int Country, int DeviceKind)
{
    public bool AreUnknown => Title == 0;
}
