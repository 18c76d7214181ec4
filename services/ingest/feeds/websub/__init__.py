"""WebSub: hubs say at once that a feed has changed (https://www.w3.org/TR/websub/)."""
