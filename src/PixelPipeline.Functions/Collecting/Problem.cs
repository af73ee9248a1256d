using Microsoft.AspNetCore.Http;
using PixelPipeline.Collecting;

namespace PixelPipeline.Functions.Collecting;

/// <summary>The collector's answers that are not 202: JSON problem documents.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9457"/>
internal static class Problem
{
    /// <summary>400: each wrong field by its place in the body.</summary>
    public static IResult Invalid(IReadOnlyList<FieldError> errors) => Results.Problem(
        title: "The body is not acceptable.",
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?>
        {
            ["errors"] = errors.Select(e => new Dictionary<string, string> { ["pointer"] = e.JsonPointer, ["detail"] = e.Message }).ToArray(),
        });

    /// <summary>Any other.</summary>
    public static IResult Of(int status, string title) => Results.Problem(title: title, statusCode: status);

    /// <summary>429 or 503: the same request may be sent again after a second.</summary>
    public static IResult Later(HttpContext context, int status, string title)
    {
        context.Response.Headers.RetryAfter = "1";
        return Of(status, title);
    }
}
