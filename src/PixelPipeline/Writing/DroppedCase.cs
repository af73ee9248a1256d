namespace PixelPipeline.Writing;

/// <summary>A way in which entries became no event rows, to be counted by.</summary>
/// <param name="IsRejected">True where the entry should have been an event, and is kept; false where it is ignored.</param>
/// <param name="Reason">The reason's label, such as <c>missing_required</c>.</param>
/// <param name="Column">The column concerned; null where the case has none.</param>
public readonly record struct DroppedCase(bool IsRejected, string Reason, string? Column)
{
    /// <summary>For people: <c>missing_required user_id</c>.</summary>
    public override string ToString() => Column is null ? Reason : $"{Reason} {Column}";
}
