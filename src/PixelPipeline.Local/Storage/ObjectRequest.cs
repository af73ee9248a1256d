using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PixelPipeline.Local.Storage;

/// <summary>What a request to the local Cloud Storage asks for.</summary>
internal static class ObjectRequest
{
    /// <summary>Segments of <c>/storage/v1/b/BUCKET/o/</c> before the object's name.</summary>
    private const int PartsBeforeName = 6;

    /// <summary>
    /// Refuses a request with a parameter that this does not serve: passing over one, such as a precondition, would
    /// change its meaning. <c>fields</c> and the like only shorten the answer.
    /// </summary>
    /// <exception cref="StorageException">400.</exception>
    public static void Allow(HttpContext context, params ReadOnlySpan<string> parameters)
    {
        foreach (var (name, value) in context.Request.Query)
        {
            if (!parameters.Contains(name) && name is not ("fields" or "prettyPrint" or "key") && !(name == "alt" && value == "json"))
            {
                throw StorageException.NotServed($"the parameter {name}={value}");
            }
        }
    }

    /// <summary>The name in the path, which the web server must not have decoded: its slashes are escaped.</summary>
    /// <exception cref="StorageException">400: no object can have it.</exception>
    public static ObjectName NameInPath(HttpContext context)
    {
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        return Name(Uri.UnescapeDataString(path.Split('/', PartsBeforeName + 1)[^1]));
    }

    /// <summary>A name.</summary>
    /// <exception cref="StorageException">400: no object can have it.</exception>
    public static ObjectName Name(string? text) =>
        ObjectName.TryParse(text, out var name) ? name : throw StorageException.Invalid("Invalid object name.");

    /// <summary>How many objects a page may have: <c>maxResults</c>, at most and unless given 1,000.</summary>
    /// <exception cref="StorageException">400: it is no whole number from 1 on.</exception>
    public static int PageSize(HttpContext context)
    {
        const int Most = 1_000;
        var text = context.Request.Query["maxResults"].ToString();
        if (text.Length == 0)
        {
            return Most;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Math.Min(number, Most)
            : throw StorageException.Invalid("Invalid value for maxResults: it has to be a whole number, 1 or more.");
    }
}
