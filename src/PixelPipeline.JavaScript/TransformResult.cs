namespace PixelPipeline.JavaScript;

/// <summary>What a transform made of a message.</summary>
public abstract record TransformResult
{
    private TransformResult()
    {
    }

    /// <summary>A row.</summary>
    /// <param name="Json">An object with the row's values by column.</param>
    public sealed record Row(string Json) : TransformResult;

    /// <summary>Nothing: the entry is no event.</summary>
    public sealed record Dropped : TransformResult;

    /// <summary>The transform threw: the message is delivered again, and at last a dead letter.</summary>
    /// <param name="Reason">Such as <c>missing_required user_id</c>.</param>
    public sealed record Thrown(string Reason) : TransformResult;
}
