using Microsoft.AspNetCore.Http;

namespace Google.Cloud.Functions.Framework;

/// <summary>A function that answers an HTTP request.</summary>
public interface IHttpFunction
{
    Task HandleAsync(HttpContext context);
}
